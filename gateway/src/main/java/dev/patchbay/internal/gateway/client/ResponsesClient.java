package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.codec.responses.ResponsesResponseWriter;
import dev.patchbay.codec.responses.ResponsesStreamEncoder;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Clients that speak OpenAI Responses. */
public final class ResponsesClient extends OpenAiClient {

    /** A text that speaks of an error is no error: in it, quotes are escaped. */
    private static final Pattern END = Pattern.compile("(?m)^(event: ?response\\.(completed|incomplete|done)\\b"
            + "|data: ?\\{.*\"type\" ?: ?\"response\\.(completed|incomplete|done)\")");

    private static final Pattern ERROR = Pattern.compile("(?m)^(event: ?(response\\.failed|error)\\b"
            + "|data: ?\\{(.*\"type\" ?: ?\"response\\.failed| ?\"type\" ?: ?\"error)\")");

    private static final ResponsesRequest UNKNOWN =
            ResponsesRequestReader.read(Json.object().put("input", ""));

    public ResponsesClient() {
        super("responses");
    }

    @Override
    public Optional<Operation> operation() {
        return Optional.of(Operation.RESPONSES);
    }

    @Override
    public ClientRequest read(ObjectNode body, DroppedMembers dropped, KeptItems.Of kept) {
        return new Read(ResponsesRequestReader.read(body, kept::find, dropped), kept);
    }

    @Override
    public boolean repeatsAnswer() {
        return true;
    }

    @Override
    public StreamEnd end(String lastEvents) {
        if (END.matcher(lastEvents).find()) {
            return StreamEnd.COMPLETE;
        }
        return ERROR.matcher(lastEvents).find() ? StreamEnd.FAILED : StreamEnd.OPEN;
    }

    @Override
    public String failure(ProviderException failure) {
        return failure(failure, "", "", "");
    }

    @Override
    public String failure(ProviderException failure, String begin, String lastEvents, String model) {
        return ResponsesStreamEncoder.continuing(UNKNOWN, begin, lastEvents, model)
                .fail(failure);
    }

    /** Codex compacts, and says so, where the stream tells of an overflow; a status of 400 is any mistake to it. */
    @Override
    public Optional<String> errorStream(UpstreamError error, String model) {
        if (error.kind() != ProviderException.Kind.CONTEXT_LENGTH) {
            return Optional.empty();
        }
        ResponsesRequest asked =
                UNKNOWN.with(UNKNOWN.request().toBuilder().model(model).build());
        return Optional.of(new ResponsesStreamEncoder(asked, item -> {}).fail(error.toException()));
    }

    private record Read(ResponsesRequest asked, KeptItems.Of kept) implements ClientRequest {

        @Override
        public ChatRequest request() {
            return asked.request();
        }

        @Override
        public ObjectNode write(AnswerCollector answer) {
            return ResponsesResponseWriter.write(answer, asked, this::keep);
        }

        @Override
        public StreamEncoder encoder() {
            return new ResponsesStreamEncoder(asked, this::keep);
        }

        /** Only who lets answers be stored names their items later. */
        private void keep(ObjectNode item) {
            if (asked.stored()) {
                kept.keep(item);
            }
        }
    }
}
