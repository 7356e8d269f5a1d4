package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AssistantTurns;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolIds;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a conversation as the messages of a chat request (dialects.md, Q2 to Q10 and T1 to T8).
 *
 * <p>Between the calls of an assistant message and their answers nothing may stand; so what does is held back, and calls
 * without an answer get one. Used once.
 */
final class ChatMessages {

    private final Quirks quirks;
    private final ChatMedia media;
    private final AssistantMessage assistant;
    private final ArrayNode written = Json.array();
    private final Set<String> openCalls = new LinkedHashSet<>();
    private final List<ObjectNode> heldBack = new ArrayList<>();

    ChatMessages(Quirks quirks, ToolNames names) {
        this.quirks = quirks;
        this.media = new ChatMedia(quirks);
        this.assistant = new AssistantMessage(quirks, names);
    }

    ArrayNode write(ChatRequest request) {
        system(request.system());
        List<ChatMessage> messages = AssistantTurns.joined(request.messages());
        int next = 0;
        while (next < messages.size()) {
            ChatMessage message = messages.get(next);
            switch (message.role()) {
                case SYSTEM -> system(message.content());
                case ASSISTANT -> assistant(message.content());
                case USER -> {
                    int last = lastAnswer(messages, next);
                    userTurn(messages.subList(next, last + 1));
                    next = last;
                }
            }
            next++;
        }
        settleCalls();
        return written;
    }

    private void system(List<ContentBlock> blocks) {
        ChatContent content = new ChatContent(quirks.forwardsCacheControl());
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text text) {
                content.text(text);
            }
        }
        if (content.isEmpty()) {
            return;
        }
        ObjectNode message = message(quirks.systemRole(), content);
        if (openCalls.isEmpty()) {
            written.add(message);
        } else {
            heldBack.add(message);
        }
    }

    private void assistant(List<ContentBlock> blocks) {
        settleCalls();
        assistant.write(blocks).ifPresent(written::add);
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.ToolUse call) {
                openCalls.add(call.id());
            }
        }
    }

    /** The last message, of those before the next assistant message, that answers an open call; else the first. */
    private int lastAnswer(List<ChatMessage> messages, int first) {
        int last = first;
        if (openCalls.isEmpty()) {
            // Else each of many messages without an answer would look at all that follow.
            return last;
        }
        for (int i = first; i < messages.size() && messages.get(i).role() != Role.ASSISTANT; i++) {
            if (messages.get(i).content().stream().anyMatch(this::isAnswer)) {
                last = i;
            }
        }
        return last;
    }

    private boolean isAnswer(ContentBlock block) {
        return block instanceof ContentBlock.ToolResult result && openCalls.contains(result.toolUseId());
    }

    /** Messages that together answer calls: the answers first, then one user message with everything else (T1). */
    private void userTurn(List<ChatMessage> turn) {
        ChatContent content = new ChatContent(quirks.forwardsCacheControl());
        List<ContentBlock> rest = new ArrayList<>();
        for (ChatMessage message : turn) {
            if (message.role() == Role.SYSTEM) {
                system(message.content());
                continue;
            }
            for (ContentBlock block : message.content()) {
                if (block instanceof ContentBlock.ToolResult result && openCalls.remove(result.toolUseId())) {
                    answer(result, content);
                } else {
                    rest.add(block);
                }
            }
        }
        settleCalls();
        rest.forEach(block -> user(block, content));
        if (!content.isEmpty()) {
            bridge(written, quirks);
            written.add(message("user", content));
        }
    }

    /** Says something between a tool and the user, where an upstream refuses a user's message there. */
    static void bridge(ArrayNode messages, Quirks quirks) {
        String last = messages.path(messages.size() - 1).path("role").asText("");
        if (last.equals("tool") && quirks.assistantAfterTool()) {
            messages.addObject().put("role", "assistant").put("content", "Understood.");
        }
    }

    private void answer(ContentBlock.ToolResult result, ChatContent user) {
        String id = ToolIds.forChat(result.toolUseId(), quirks);
        ChatToolResult answer = new ChatToolResult(result, quirks, "see the next user message");
        ObjectNode message = Json.object().put("role", "tool").put("tool_call_id", id);
        message.set("content", answer.content());
        written.add(message);
        if (!answer.lifted().isEmpty()) {
            user.text("[content of tool result " + id + "]");
            answer.lifted().forEach(user::part);
        }
    }

    private void user(ContentBlock block, ChatContent content) {
        if (block instanceof ContentBlock.Text text) {
            content.text(text);
        } else if (block instanceof ContentBlock.ToolResult orphan) {
            ChatToolResult result = new ChatToolResult(orphan, quirks, "see below");
            content.text("[tool result for unknown call " + orphan.toolUseId() + "]\n" + result.text());
            result.lifted().forEach(content::part);
        } else {
            media.part(block).ifPresentOrElse(content::part, () -> content.text(media.text(block)));
        }
    }

    /** Gives every call that is still open an answer (T6), and then what had to wait for it. */
    private void settleCalls() {
        for (String id : openCalls) {
            written.addObject()
                    .put("role", "tool")
                    .put("tool_call_id", ToolIds.forChat(id, quirks))
                    .put("content", "Error: no result was recorded for this tool call.");
        }
        openCalls.clear();
        heldBack.forEach(written::add);
        heldBack.clear();
    }

    private static ObjectNode message(String role, ChatContent content) {
        ObjectNode message = Json.object().put("role", role);
        message.set("content", content.value("\n\n"));
        return message;
    }
}
