package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.responses.ResponsesRequestReader;

/** Translations from JSON text to JSON, for tests; single quotes stand for double ones. */
public final class Translate {

    private Translate() {}

    /** JSON with single quotes. */
    public static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text.replace('\'', '"'));
    }

    /** A Messages request as a chat request. */
    public static ObjectNode messagesToChat(String request, Quirks quirks) {
        return reread(new ChatDialect().encode(MessagesRequestReader.read(json(request)), quirks));
    }

    /** The chat messages for the {@code messages} of a Messages request. */
    public static JsonNode chatMessages(String messages, Quirks quirks) {
        return messagesToChat("{'model':'m','messages':" + messages + "}", quirks)
                .path("messages");
    }

    /** The chat request for a Messages request with one user message and these members. */
    public static ObjectNode chatWith(String members, Quirks quirks) {
        return messagesToChat("{'model':'m','messages':[{'role':'user','content':'go'}]," + members + "}", quirks);
    }

    /** A chat request as a Messages request. */
    public static ObjectNode chatToMessages(String request, Quirks quirks) {
        return reread(new MessagesDialect().encode(ChatRequestReader.read(json(request)), quirks));
    }

    /** A Responses request as a chat request. */
    public static ObjectNode responsesToChat(String request, Quirks quirks) {
        return reread(new ChatDialect()
                .encode(ResponsesRequestReader.read(json(request)).request(), quirks));
    }

    /** A whole chat answer as a Messages answer. */
    public static ObjectNode chatAnswerToMessages(String answer, String clientRequest) {
        AnswerCollector collected = new AnswerCollector();
        new ChatDialect()
                .decode(MessagesRequestReader.read(json(clientRequest)), Quirks.none(), json(answer), collected);
        return reread(MessagesResponseWriter.write(collected, "asked"));
    }

    /** A whole chat answer with this message and finish reason. */
    public static ObjectNode chatMessageToMessages(String message, String finish) {
        return chatAnswerToMessages(
                "{'id':'c','choices':[{'index':0,'message':" + message + ",'finish_reason':" + finish + "}]}",
                "{'messages':[]}");
    }

    /** The tree as a reader of its text sees it: one kind of number for each number. */
    public static ObjectNode reread(ObjectNode node) {
        return (ObjectNode) Json.parse(Json.text(node));
    }
}
