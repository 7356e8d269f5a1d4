package dev.patchbay.codec.messages;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes every call of a history answered, and every result the answer of a call in the turn before: Anthropic refuses a whole
 * request otherwise, after an interruption or a compaction (dialects.md, T5 and T6, for Messages endpoints as well).
 */
final class PairedCalls {

    private static final String NO_RESULT = "Error: no result was recorded for this tool call.";

    private PairedCalls() {}

    static List<ChatMessage> paired(List<ChatMessage> messages) {
        List<ChatMessage> paired = new ArrayList<>();
        Set<String> open = new LinkedHashSet<>();
        int lastAnswer = -1;
        for (int i = 0; i < messages.size(); i++) {
            ChatMessage message = messages.get(i);
            if (message.role() == Role.ASSISTANT) {
                boolean continues = i > 0 && messages.get(i - 1).role() == Role.ASSISTANT;
                if (!continues) {
                    settle(open, lastAnswer, paired);
                }
                paired.add(message);
                message.content().forEach(block -> {
                    if (block instanceof ContentBlock.ToolUse call) {
                        open.add(call.id());
                    }
                });
                lastAnswer = paired.size();
            } else if (message.role() == Role.USER) {
                paired.add(answers(message, open));
            } else {
                paired.add(message);
            }
        }
        settle(open, lastAnswer, paired);
        return paired;
    }

    private static ChatMessage answers(ChatMessage message, Set<String> open) {
        if (message.content().stream().noneMatch(ContentBlock.ToolResult.class::isInstance)) {
            return message;
        }
        List<ContentBlock> content = new ArrayList<>();
        for (ContentBlock block : message.content()) {
            if (block instanceof ContentBlock.ToolResult result && !open.remove(result.toolUseId())) {
                content.add(ContentBlock.text("[tool result for unknown call " + result.toolUseId() + "]"));
                content.addAll(result.content());
            } else {
                content.add(block);
            }
        }
        return new ChatMessage(Role.USER, content);
    }

    /** Gives calls without an answer one, in the turn behind them. */
    private static void settle(Set<String> open, int at, List<ChatMessage> paired) {
        if (open.isEmpty()) {
            return;
        }
        List<ContentBlock> results = new ArrayList<>();
        for (String id : open) {
            results.add(ContentBlock.toolResult(id, List.of(ContentBlock.text(NO_RESULT)), true, Map.of()));
        }
        open.clear();
        paired.add(at, new ChatMessage(Role.USER, results));
    }
}
