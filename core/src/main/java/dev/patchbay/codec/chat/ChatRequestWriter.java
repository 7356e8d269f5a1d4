package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.json.Json;
import dev.patchbay.spi.ChatRequest;

/**
 * Writes a request for a chat endpoint, member by member: nothing that is unknown here reaches a strict server
 * (dialects.md, section 1.1).
 */
final class ChatRequestWriter {

    private ChatRequestWriter() {}

    static ObjectNode write(ChatRequest request, Quirks quirks) {
        ToolNames names = ToolNames.of(request.tools(), quirks.toolNameMax());
        ObjectNode body = Json.object().put("model", request.model());
        body.set("messages", new ChatMessages(quirks, names).write(request));
        new ChatParams(quirks).write(request, body);
        new ChatReasoning(quirks).write(request, body);
        new ChatTools(quirks, names).write(request, body);
        quirks.drop().forEach(body::remove);
        return body;
    }
}
