package dev.patchbay.session;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether what answers a tool call answers one that was made: providers refuse others, each in its own words. */
final class ToolResults {

    private ToolResults() {}

    /** The ids of the calls that a conversation makes. */
    static Set<String> calls(List<ChatMessage> conversation) {
        Set<String> calls = new LinkedHashSet<>();
        for (ChatMessage message : conversation) {
            for (ContentBlock block : message.content()) {
                if (block instanceof ContentBlock.ToolUse call) {
                    calls.add(call.id());
                }
            }
        }
        return calls;
    }

    /**
     * Refuses the result of a call that was not made.
     *
     * @throws IllegalArgumentException naming it, and the calls that were
     */
    static void requireCalls(List<ContentBlock> content, Set<String> calls) {
        for (ContentBlock block : content) {
            if (block instanceof ContentBlock.ToolResult result && !calls.contains(result.toolUseId())) {
                throw new IllegalArgumentException("a tool result is for the call '" + result.toolUseId()
                        + "', which nobody made; "
                        + (calls.isEmpty()
                                ? "the conversation holds no call"
                                : "the calls of the conversation are " + String.join(", ", calls)));
            }
        }
    }
}
