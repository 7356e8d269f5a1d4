package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.CallIds;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.SystemMessages;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.UnknownContent;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatRequest;

/**
 * Writes a request for a chat endpoint, member by member: nothing that is unknown here reaches a strict server
 * (dialects.md, section 1.1).
 */
final class ChatRequestWriter {

    private ChatRequestWriter() {}

    static ObjectNode write(ChatRequest asked, Quirks quirks, DroppedMembers dropped) {
        ChatRequest request = CallIds.unique(SystemMessages.placed(asked, quirks.midSystem()));
        ToolNames names = ToolNames.of(request.tools(), quirks.toolNameMax());
        ObjectNode body = Json.object().put("model", request.model());
        ArrayNode messages = new ChatMessages(quirks, names).write(request);
        if (messages.isEmpty()) {
            throw Bodies.nothingSaid();
        }
        body.set("messages", messages);
        new ChatParams(quirks, dropped).write(request, body);
        new ChatReasoning(quirks, dropped).write(request, body);
        new ChatTools(quirks, names, dropped).write(request, body);
        UnknownContent.note(request, block -> new ChatMedia(quirks).part(block).isPresent(), dropped);
        for (String member : quirks.drop()) {
            if (body.remove(member) != null && !DroppedMembers.isHarmless(member)) {
                dropped.add(member);
            }
        }
        return body;
    }
}
