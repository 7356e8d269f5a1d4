package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.CallIds;
import dev.patchbay.codec.FreeFormInput;
import dev.patchbay.codec.FreshIds;
import dev.patchbay.codec.MediaText;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.responses.OutputItem.Kind;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The items of an answer in their order, of which one at a time is open (dialects.md, S3, S7 and S15).
 *
 * <p>Events name their item by its place and by its id, and servers get either of them wrong: some number anew inside an item,
 * some give each event another id, some never say that an item begins. Used by one thread.
 */
final class OutputItems {

    private final ItemBlocks blocks;
    private final ToolNames names;
    private final List<OutputItem> items = new ArrayList<>();
    private final Map<Integer, OutputItem> byIndex = new HashMap<>();
    private final Map<String, OutputItem> byId = new HashMap<>();
    private final Set<String> sharedIds = new HashSet<>();
    private final Set<String> usedIds;
    private @Nullable OutputItem comment;
    private int head;
    private boolean calledTools;
    private boolean refused;

    /**
     * No items yet.
     *
     * @param request the request that is answered
     */
    OutputItems(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        this.names = ToolNames.of(request.tools(), quirks.toolNameMax());
        this.usedIds = CallIds.in(request);
        this.blocks = new ItemBlocks(sink);
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** Whether a tool call was sent. */
    boolean calledTools() {
        return calledTools;
    }

    /** Whether the model refused. */
    boolean refused() {
        return refused;
    }

    /** An item begins. */
    void added(JsonNode event) {
        JsonNode item = event.path("item");
        OutputItem known = byId.get(item.path("id").asText(""));
        OutputItem begun = known == null || known.isClosed() || isOtherCall(known, item) ? create(kind(item)) : known;
        remember(begun, event, item.path("id").asText(""));
        header(begun, item);
        advance();
    }

    /** Whether two calls share an id of their items, which says nothing then. */
    private static boolean isOtherCall(OutputItem known, JsonNode item) {
        String callId = item.path("call_id").asText("");
        return !callId.isEmpty() && !known.callId().isEmpty() && !callId.equals(known.callId());
    }

    /** More of an item. */
    void delta(Kind kind, JsonNode event, String more) {
        delta(kind, event, more, false);
    }

    /** More of what a message refuses with. */
    void refusal(JsonNode event, String more) {
        refused = true;
        delta(Kind.TEXT, event, more, true);
    }

    private void delta(Kind kind, JsonNode event, String more, boolean refusal) {
        if (more.isEmpty()) {
            return;
        }
        OutputItem item = find(kind, event);
        item.append(more, refusal);
        if (item.isOpen() && items.get(head) == item) {
            item.send(more, blocks);
        } else {
            passOn(item);
        }
    }

    /** More thinking, in full or summed up. */
    void thinking(JsonNode event, String more, String source) {
        if (!more.isEmpty() && find(Kind.THINKING, event).takes(source)) {
            delta(Kind.THINKING, event, more);
        }
    }

    /** Another part of an item begins. */
    void part(JsonNode event) {
        boolean thinking = event.path("part").path("type").asText("").equals("reasoning_text");
        find(thinking ? Kind.THINKING : Kind.TEXT, event).part(false);
    }

    /** Another paragraph of summed up thinking begins. */
    void paragraph(JsonNode event) {
        find(Kind.THINKING, event).part(true);
    }

    /** The whole of a part, which repeats what came of it. */
    void wholePart(Kind kind, JsonNode event, String whole) {
        wholePart(repeated(kind, event), whole, false);
    }

    /** The whole of what a message refuses with. */
    void wholeRefusal(JsonNode event, String whole) {
        refused = true;
        wholePart(repeated(Kind.TEXT, event), whole, true);
    }

    private void wholePart(OutputItem item, String whole, boolean refusal) {
        item.wholePart(whole, refusal);
        passOn(item);
    }

    /** The whole arguments of a call, and maybe the name of what is called. */
    void wholeArguments(JsonNode event) {
        OutputItem item = repeated(Kind.CALL, event);
        item.header("", event.path("name").asText(""));
        wholePart(item, OutputItem.arguments(event.path("arguments")), false);
    }

    /** A web page that a text cites. */
    void cited(JsonNode event) {
        repeated(Kind.TEXT, event).cite(Json.array().add(event.path("annotation")));
    }

    /** Whether the arguments of some call broke off. */
    boolean hasCutCall() {
        return items.stream().anyMatch(OutputItem::isCut);
    }

    /** The whole item. */
    void done(JsonNode event) {
        JsonNode item = event.path("item");
        String id = item.path("id").asText("");
        OutputItem known = known(kind(item), event, id);
        done(known == null ? create(kind(item)) : known, event, item);
    }

    /** What the end of the answer repeats: items that never came, and those of which the end did not. */
    void repeated(JsonNode output) {
        List<OutputItem> untold = new ArrayList<>(items);
        int index = 0;
        for (JsonNode item : output) {
            Optional<OutputItem> known = told(item, index, untold);
            known.ifPresent(untold::remove);
            if (known.isPresent() || items.size() < output.size()) {
                complete(known.orElseGet(() -> create(kind(item))), item);
            }
            index++;
        }
    }

    /** Which item the end repeats: by its id, its place, or as the next of its kind, for some servers tell none of both, or others. */
    private Optional<OutputItem> told(JsonNode item, int index, List<OutputItem> untold) {
        OutputItem named = byId.get(item.path("id").asText(""));
        if (named != null) {
            return Optional.of(named);
        }
        Kind kind = kind(item);
        OutputItem there = byIndex.get(index);
        return there != null && there.kind() == kind && untold.contains(there)
                ? Optional.of(there)
                : untold.stream().filter(other -> other.kind() == kind).findFirst();
    }

    /** Ends the answer: closes what is open and sends the rest. */
    void finish() {
        for (OutputItem item : items.subList(head, items.size())) {
            item.done();
            open(item);
            item.close(blocks);
        }
        head = items.size();
    }

    private void done(OutputItem item, JsonNode event, JsonNode whole) {
        remember(item, event, whole.path("id").asText(""));
        complete(item, whole);
    }

    private void complete(OutputItem item, JsonNode whole) {
        if (item.isClosed()) {
            return;
        }
        header(item, whole);
        switch (item.kind()) {
            case TEXT -> {
                List<OutputPart> parts = OutputPart.of(whole.path("content"));
                refused |= parts.stream().anyMatch(OutputPart::isRefusal);
                item.whole(parts);
            }
            case THINKING -> {
                item.whole(EncryptedReasoning.text(whole));
                item.proof(EncryptedReasoning.signature(whole));
            }
            case CALL -> item.whole(OutputItem.arguments(whole.path("arguments")));
            case FREE_FORM_CALL -> item.whole(whole.path(FreeFormInput.MEMBER).asText(""));
            case IMAGE -> item.whole(whole.path("result").asText("").isEmpty() ? "" : MediaText.OMITTED_IMAGE);
            case NONE -> {}
        }
        item.done();
        passOn(item);
    }

    private void header(OutputItem item, JsonNode said) {
        if (item.kind() == Kind.CALL || item.kind() == Kind.FREE_FORM_CALL) {
            item.header(said.path("call_id").asText(""), said.path("name").asText(""));
        } else if (item.kind() == Kind.TEXT) {
            phase(item, said.path("phase").asText(""));
        }
    }

    /** Some models give their answer as a comment, and then once more as the answer (BerriAI/litellm#41109). */
    private void phase(OutputItem item, String phase) {
        if (phase.equals("commentary")) {
            comment = item;
        } else if (phase.equals("final_answer") && comment != null) {
            item.follows(comment);
        }
    }

    private static Kind kind(JsonNode item) {
        return Kind.of(item.path("type").asText(""));
    }

    /** The item of an event that repeats what came; of one that has ended, it tells nothing new. */
    private OutputItem repeated(Kind kind, JsonNode event) {
        OutputItem known = known(kind, event, event.path("item_id").asText(""));
        return known == null ? find(kind, event) : known;
    }

    /** The item of an event; one that never began begins now, and what comes late for one that has ended begins anew. */
    private OutputItem find(Kind kind, JsonNode event) {
        OutputItem known = known(kind, event, event.path("item_id").asText(""));
        if (known != null && !known.isClosed()) {
            return known;
        }
        OutputItem begun = create(kind);
        remember(begun, event, event.path("item_id").asText(""));
        return begun;
    }

    private @Nullable OutputItem known(Kind kind, JsonNode event, String id) {
        if (id.isEmpty() && !event.has("output_index")) {
            // Nothing says which one: what came last goes on.
            OutputItem last = items.isEmpty() ? null : items.get(items.size() - 1);
            return last != null && last.kind() == kind ? last : null;
        }
        OutputItem named = byId.get(id);
        // An id that was told of one item alone is surer than a number: some servers number every piece 0.
        if (named != null && named.kind() == kind && !named.isClosed() && !sharedIds.contains(id)) {
            return named;
        }
        OutputItem there = byIndex.get(event.path("output_index").asInt(-1));
        if (there != null && there.kind() == kind) {
            return there;
        }
        return named != null && named.kind() == kind ? named : null;
    }

    private OutputItem create(Kind kind) {
        OutputItem item = new OutputItem(kind);
        items.add(item);
        return item;
    }

    private void remember(OutputItem item, JsonNode event, String id) {
        if (event.has("output_index")) {
            byIndex.put(event.path("output_index").asInt(), item);
        }
        if (!id.isEmpty()) {
            OutputItem before = byId.put(id, item);
            if (before != null && before != item) {
                sharedIds.add(id);
            }
        }
    }

    /** Sends what can be sent, after something was learnt about an item. */
    private void passOn(OutputItem item) {
        if (head < items.size() && items.get(head) == item && item.isOpen()) {
            item.send(blocks);
        }
        advance();
    }

    private void advance() {
        while (head < items.size()) {
            OutputItem first = items.get(head);
            open(first);
            boolean isLast = head == items.size() - 1;
            if (isLast ? !first.isDone() : !first.isComplete()) {
                return;
            }
            first.close(blocks);
            head++;
        }
    }

    private void open(OutputItem item) {
        if (item.isOpen() || item.isClosed() || !item.canOpen()) {
            return;
        }
        item.open(start(item), blocks);
        item.send(blocks);
    }

    private ContentBlock start(OutputItem item) {
        return switch (item.kind()) {
            case THINKING -> ContentBlock.thinking("", "");
            case CALL, FREE_FORM_CALL -> {
                calledTools = true;
                boolean usable = !item.callId().isEmpty() && !usedIds.contains(item.callId());
                String id = usable ? item.callId() : FreshIds.fresh("toolu_");
                usedIds.add(id);
                yield OutputItem.call(id, names.restored(item.name()));
            }
            default -> ContentBlock.text("");
        };
    }
}
