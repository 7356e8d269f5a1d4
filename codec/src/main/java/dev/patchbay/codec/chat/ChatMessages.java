package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.ConversationWriter;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolIds;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.List;
import java.util.Optional;

/** Writes a conversation as the messages of a chat request (dialects.md, Q2 to Q10 and T1 to T8). Used once. */
final class ChatMessages extends ConversationWriter<ChatContent> {

    private final Quirks quirks;
    private final ChatMedia media;
    private final AssistantMessage assistant;

    ChatMessages(Quirks quirks, ToolNames names) {
        this.quirks = quirks;
        this.media = new ChatMedia(quirks);
        this.assistant = new AssistantMessage(quirks, names);
    }

    ArrayNode write(ChatRequest request) {
        addSystem(request.system());
        return messages(request.messages());
    }

    @Override
    protected Optional<ObjectNode> system(List<ContentBlock> blocks) {
        ChatContent content = newContent();
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text text) {
                content.text(text);
            }
        }
        return content.isEmpty() ? Optional.empty() : Optional.of(message(quirks.systemRole(), content));
    }

    @Override
    protected void assistant(List<ContentBlock> blocks) {
        assistant.write(blocks).ifPresent(written()::add);
    }

    @Override
    protected ChatContent newContent() {
        return new ChatContent(quirks.forwardsCacheControl());
    }

    @Override
    protected void end(ChatContent content) {
        if (!content.isEmpty()) {
            bridge(written(), quirks);
            written().add(message("user", content));
        }
    }

    /** Says something between a tool and the user, where an upstream refuses a user's message there. */
    static void bridge(ArrayNode messages, Quirks quirks) {
        String last = messages.path(messages.size() - 1).path("role").asText("");
        if (last.equals("tool") && quirks.assistantAfterTool()) {
            messages.addObject().put("role", "assistant").put("content", "Understood.");
        }
    }

    @Override
    protected void answer(ContentBlock.ToolResult result, ChatContent user) {
        String id = ToolIds.forChat(result.toolUseId(), quirks);
        ChatToolResult answer = new ChatToolResult(result, quirks, "see the next user message");
        ObjectNode message = Json.object().put("role", "tool").put("tool_call_id", id);
        message.set("content", answer.content());
        written().add(message);
        if (!answer.lifted().isEmpty()) {
            user.text("[content of tool result " + id + "]");
            answer.lifted().forEach(user::part);
        }
    }

    @Override
    protected void user(ContentBlock block, ChatContent content) {
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

    @Override
    protected void noAnswer(String callId) {
        written()
                .addObject()
                .put("role", "tool")
                .put("tool_call_id", ToolIds.forChat(callId, quirks))
                .put("content", NO_RESULT);
    }

    private static ObjectNode message(String role, ChatContent content) {
        ObjectNode message = Json.object().put("role", role);
        message.set("content", content.value("\n\n"));
        return message;
    }
}
