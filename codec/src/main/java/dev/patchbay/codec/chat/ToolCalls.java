package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.FreshIds;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ContentBlock;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the call that a tool delta belongs to (dialects.md, S5), by index, by id, or by order where there is neither. Used
 * by one thread.
 */
final class ToolCalls {

    private final Segments segments;
    private final ToolNames names;
    private final ReasoningDetails details;
    private final Map<String, ToolSegment> byIndex = new HashMap<>();
    private final Map<String, ToolSegment> byId = new HashMap<>();
    private final Set<String> usedIds;
    private boolean opened;
    private @Nullable ToolSegment last;

    /**
     * No calls yet.
     *
     * @param usedIds the ids of earlier calls of the conversation
     * @param details the thinking that the first call is proved with
     */
    ToolCalls(Segments segments, ToolNames names, Set<String> usedIds, ReasoningDetails details) {
        this.details = details;
        this.usedIds = new HashSet<>(usedIds);
        this.segments = segments;
        this.names = names;
    }

    /** Takes an entry of {@code tool_calls}. */
    void delta(JsonNode call) {
        delta(call, ChatChunks.function(call));
    }

    /** Takes a {@code function_call}, which has neither index nor id. */
    void legacyDelta(JsonNode function) {
        delta(Json.object(), function);
    }

    private void delta(JsonNode call, JsonNode function) {
        String index = call.path("index").asText("");
        String id = call.path("id").asText("");
        String name = function.path("name").asText("");
        String arguments = ChatChunks.input(call, function);
        boolean whole = !name.isEmpty() && !arguments.isEmpty();
        ToolSegment target = index.isEmpty() ? byOrder(id, name) : byIndex(index, id, whole, name, arguments);
        if (target == null) {
            return;
        }
        last = target;
        target.header(id, name, ChatResponseReader.more(call));
        if (ChatChunks.isFreeForm(call)) {
            target.takesFreeText();
        }
        if (!id.isEmpty()) {
            byId.putIfAbsent(id, target);
        }
        segments.advance();
        segments.append(target, arguments);
    }

    /** With an index: the call of that index, unless the delta is plainly another one under the same index. */
    private ToolSegment byIndex(String index, String id, boolean whole, String name, String arguments) {
        ToolSegment known = byIndex.get(index);
        ToolSegment said = id.isEmpty() ? known : byId.get(id);
        if (said != null && whole && said.isSame(name, arguments)) {
            return said;
        }
        // Some servers give each piece of a call another id; a call that is not named is none.
        boolean isPiece = id.isEmpty() || (name.isEmpty() && said == null && known != null && !known.isComplete());
        boolean isThatCall = known != null && (isPiece || id.equals(known.id()));
        if (known != null && isThatCall && !(id.isEmpty() && whole && known.isComplete())) {
            return known;
        }
        boolean isLateId = known != null && known.id().isEmpty() && !id.isEmpty() && !(whole && known.isComplete());
        ToolSegment target = known == null || isThatCall ? null : byId.get(id);
        if (target == null) {
            target = isLateId && known != null ? known : add();
        }
        byIndex.put(index, target);
        return target;
    }

    /** Without an index: by id, else by order. */
    private @Nullable ToolSegment byOrder(String id, String name) {
        if (!id.isEmpty()) {
            ToolSegment known = byId.get(id);
            return known == null ? add() : known;
        }
        boolean continues = name.isEmpty() || (last != null && last.goesOnWith(name));
        return continues ? last : add();
    }

    private ToolSegment add() {
        return segments.add(new ToolSegment(names, this::open));
    }

    private ContentBlock open(ToolSegment call) {
        String id = call.id().isEmpty() || usedIds.contains(call.id()) ? FreshIds.fresh("toolu_") : call.id();
        usedIds.add(id);
        Map<String, @Nullable Object> more = new HashMap<>(opened ? Map.of() : details.more());
        opened = true;
        more.putAll(call.more());
        return ContentBlock.toolUse(id, names.restored(call.name()), Map.of(), Collections.unmodifiableMap(more));
    }
}
