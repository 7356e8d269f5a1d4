package dev.patchbay.codec;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns of the assistant that came in several messages. Anthropic takes messages of one role that follow one another for one
 * turn, and some agents write each of its blocks as a message; OpenAI wants all calls in the one that their results follow.
 */
public final class AssistantTurns {

    private AssistantTurns() {}

    /** The messages, with those of the assistant as one where a result behind the last answers a call of one before it. */
    public static List<ChatMessage> joined(List<ChatMessage> messages) {
        List<ChatMessage> joined = new ArrayList<>();
        int next = 0;
        while (next < messages.size()) {
            int end = next + 1;
            while (messages.get(next).role() == Role.ASSISTANT
                    && end < messages.size()
                    && messages.get(end).role() == Role.ASSISTANT) {
                end++;
            }
            List<ChatMessage> turn = messages.subList(next, end);
            if (turn.size() > 1 && answersEarlierCall(messages, end, turn)) {
                List<ContentBlock> content = new ArrayList<>();
                turn.forEach(message -> content.addAll(message.content()));
                joined.add(new ChatMessage(Role.ASSISTANT, content));
            } else {
                joined.addAll(turn);
            }
            next = end;
        }
        return joined;
    }

    private static boolean answersEarlierCall(List<ChatMessage> messages, int behind, List<ChatMessage> turn) {
        Set<String> calls = new HashSet<>();
        for (ChatMessage message : turn.subList(0, turn.size() - 1)) {
            for (ContentBlock block : message.content()) {
                if (block instanceof ContentBlock.ToolUse call) {
                    calls.add(call.id());
                }
            }
        }
        for (int i = behind; i < messages.size() && messages.get(i).role() != Role.ASSISTANT; i++) {
            for (ContentBlock block : messages.get(i).content()) {
                if (block instanceof ContentBlock.ToolResult result && calls.contains(result.toolUseId())) {
                    return true;
                }
            }
        }
        return false;
    }
}
