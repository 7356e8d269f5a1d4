package dev.patchbay.codec;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ids of calls within a whole conversation. Some servers begin anew with {@code call_0} in every answer, or give no id at all;
 * Anthropic refuses a history with an id twice, and agents then take one result for another (Switchyard#502).
 */
public final class CallIds {

    private final Set<String> given;
    private final Set<String> used = new HashSet<>();

    /** The ids of the turn's calls that have no result yet, in their order, by the id that they came with. */
    private final Map<String, Deque<String>> open = new HashMap<>();

    private CallIds(Set<String> given) {
        this.given = given;
    }

    /** The ids of the calls in a conversation. */
    public static Set<String> in(ChatRequest request) {
        Set<String> ids = new HashSet<>();
        calls(request.messages()).forEach(call -> ids.add(call.id()));
        return ids;
    }

    /** The request, each call of which has an id of its own; the first with an id keeps it, and results follow their calls. */
    public static ChatRequest unique(ChatRequest request) {
        List<ContentBlock.ToolUse> calls = calls(request.messages());
        Set<String> given = in(request);
        if (given.size() == calls.size() && !given.contains("")) {
            return request;
        }
        return request.toBuilder()
                .replaceMessages(new CallIds(given).renamed(request.messages()))
                .build();
    }

    private static List<ContentBlock.ToolUse> calls(List<ChatMessage> messages) {
        List<ContentBlock.ToolUse> calls = new ArrayList<>();
        for (ChatMessage message : messages) {
            for (ContentBlock block : message.content()) {
                if (block instanceof ContentBlock.ToolUse call) {
                    calls.add(call);
                }
            }
        }
        return calls;
    }

    private List<ChatMessage> renamed(List<ChatMessage> messages) {
        List<ChatMessage> renamed = new ArrayList<>();
        Role before = Role.USER;
        for (ChatMessage message : messages) {
            if (message.role() == Role.ASSISTANT && before != Role.ASSISTANT) {
                open.clear();
            }
            before = message.role();
            renamed.add(new ChatMessage(
                    message.role(),
                    message.content().stream().map(this::renamed).toList()));
        }
        return renamed;
    }

    private ContentBlock renamed(ContentBlock block) {
        if (block instanceof ContentBlock.ToolUse call) {
            String id = call.id().isEmpty() || used.contains(call.id()) ? fresh(call.id()) : call.id();
            used.add(id);
            open.computeIfAbsent(call.id(), unseen -> new ArrayDeque<>()).add(id);
            return ContentBlock.toolUse(id, call.name(), call.input(), call.more());
        }
        if (block instanceof ContentBlock.ToolResult result) {
            Deque<String> calls = open.get(result.toolUseId());
            String id = calls == null || calls.isEmpty() ? result.toolUseId() : calls.remove();
            return ContentBlock.toolResult(id, result.content(), result.isError(), result.more());
        }
        return block;
    }

    /** The same for the same history, so that what a provider caches stays. */
    private String fresh(String id) {
        String stem = id.isEmpty() ? "call" : id;
        int number = id.isEmpty() ? 1 : 2;
        while (used.contains(stem + "_" + number) || given.contains(stem + "_" + number)) {
            number++;
        }
        return stem + "_" + number;
    }
}
