package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.messages.MessagesErrors;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.messages.MessagesStreamEncoder;
import dev.patchbay.json.Json;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Clients that speak Anthropic Messages. */
final class MessagesClient implements ClientDialect {

    private static final Pattern END = Pattern.compile(
            "(?m)^(event: ?(message_stop|error)\\b" + "|data: ?\\{ ?\"type\" ?: ?\"(message_stop|error)\")");

    @Override
    public String id() {
        return "messages";
    }

    @Override
    public Optional<Operation> operation() {
        return Optional.of(Operation.MESSAGES);
    }

    @Override
    public ClientRequest read(ObjectNode body) {
        return new Read(MessagesRequestReader.read(body));
    }

    @Override
    public int errorStatus(UpstreamError error) {
        return error.status();
    }

    @Override
    public ObjectNode errorBody(UpstreamError error) {
        return MessagesErrors.body(error);
    }

    @Override
    public boolean isOwnError(byte[] body) {
        JsonNode json = Json.tryParse(new String(body, StandardCharsets.UTF_8)).orElseGet(Json::object);
        return json.path("type").asText("").equals("error")
                && json.path("error").path("type").isTextual()
                && json.path("error").path("message").isTextual();
    }

    @Override
    public String failure(ProviderException failure) {
        return new MessagesStreamEncoder("").fail(failure);
    }

    @Override
    public String ping() {
        return MessagesStreamEncoder.ping();
    }

    @Override
    public boolean isComplete(String lastEvents) {
        return END.matcher(lastEvents).find();
    }

    private record Read(ChatRequest request) implements ClientRequest {

        @Override
        public ObjectNode write(AnswerCollector answer) {
            return MessagesResponseWriter.write(answer, request.model());
        }

        @Override
        public StreamEncoder encoder() {
            return new MessagesStreamEncoder(request.model());
        }
    }
}
