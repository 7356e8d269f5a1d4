package dev.patchbay.testkit;

import java.util.List;

/** What a request asks for, by the end of its path. */
enum RequestedOperation {
    CHAT("/chat/completions"),
    RESPONSES("/responses"),
    MESSAGES("/messages"),
    COUNT_TOKENS("/messages/count_tokens"),
    MODELS("/models"),
    UNKNOWN("");

    private final String suffix;

    RequestedOperation(String suffix) {
        this.suffix = suffix;
    }

    static RequestedOperation of(RecordedRequest request) {
        for (RequestedOperation operation : values()) {
            if (request.path().endsWith(operation.suffix)) {
                return operation;
            }
        }
        return UNKNOWN;
    }

    Wire wire() {
        return switch (this) {
            case MESSAGES, COUNT_TOKENS -> new MessagesWire();
            case RESPONSES -> new ResponsesWire();
            case CHAT, MODELS, UNKNOWN -> new ChatWire();
        };
    }

    boolean isConversation() {
        return this == CHAT || this == RESPONSES || this == MESSAGES;
    }

    /** The answer to a request that is not for a stream. */
    String whole(Turn turn) {
        return switch (this) {
            case CHAT, RESPONSES, MESSAGES -> wire().whole(turn);
            case COUNT_TOKENS ->
                JsonWriter.write(
                        JsonWriter.object("input_tokens", turn.completion().inputTokens()));
            case MODELS ->
                JsonWriter.write(JsonWriter.object(
                        "object", "list", "data", List.of(JsonWriter.object("id", "fake-model", "object", "model"))));
            case UNKNOWN ->
                wire().error("not_found", "no such path: " + turn.request().path());
        };
    }
}
