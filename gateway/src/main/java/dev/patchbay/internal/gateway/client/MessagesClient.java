package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.TokenEstimate;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesErrors;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.messages.MessagesStreamEncoder;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Clients that speak Anthropic Messages. */
public final class MessagesClient implements ClientDialect {

    private static final Pattern STOP =
            Pattern.compile("(?m)^(event: ?message_stop\\b|data: ?\\{ ?\"type\" ?: ?\"message_stop\")");
    private static final Pattern ERROR = Pattern.compile("(?m)^(event: ?error\\b|data: ?\\{ ?\"type\" ?: ?\"error\")");
    /** In a text, quotes are escaped. */
    private static final Pattern REASON = Pattern.compile("(?m)^data:.*\"stop_reason\" ?: ?\"[^\"]");

    private static final String MARK = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    @Override
    public String id() {
        return "messages";
    }

    @Override
    public Optional<Operation> operation() {
        return Optional.of(Operation.MESSAGES);
    }

    @Override
    public ClientRequest read(ObjectNode body, DroppedMembers dropped, KeptItems.Of kept) {
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
    public StreamEnd end(String lastEvents) {
        if (STOP.matcher(lastEvents).find()) {
            return StreamEnd.COMPLETE;
        }
        if (REASON.matcher(lastEvents).find()) {
            return StreamEnd.FINISHED;
        }
        return ERROR.matcher(lastEvents).find() ? StreamEnd.FAILED : StreamEnd.OPEN;
    }

    @Override
    public boolean mayBeMark(String lastCharacters) {
        return lastCharacters.contains("message_stop");
    }

    @Override
    public String mark(boolean ended) {
        return MARK;
    }

    private record Read(ChatRequest request) implements ClientRequest {

        @Override
        public ObjectNode write(AnswerCollector answer) {
            return MessagesResponseWriter.write(answer, request.model());
        }

        @Override
        public StreamEncoder encoder() {
            return new MessagesStreamEncoder(request.model(), () -> TokenEstimate.of(request));
        }
    }
}
