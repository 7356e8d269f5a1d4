package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.codec.responses.ResponsesResponseWriter;
import dev.patchbay.codec.responses.ResponsesStreamEncoder;
import dev.patchbay.codec.responses.ResponsesTools;
import dev.patchbay.json.Json;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Usage;
import java.util.Optional;
import java.util.regex.Pattern;

/** Clients that speak OpenAI Responses. */
final class ResponsesClient extends OpenAiClient {

    /** A text that speaks of an error is no error: in it, quotes are escaped. */
    private static final Pattern END = Pattern.compile(
            "(?m)^(event: ?(response\\.(completed|incomplete|failed)|error)\\b"
                    + "|data: ?\\{(.*\"type\" ?: ?\"response\\.(completed|incomplete|failed)| ?\"type\" ?: ?\"error)\")");

    private static final ResponsesTools NO_TOOLS =
            ResponsesRequestReader.read(Json.object().put("input", "")).tools();

    ResponsesClient() {
        super("responses", END);
    }

    @Override
    public Optional<Operation> operation() {
        return Optional.of(Operation.RESPONSES);
    }

    @Override
    public ClientRequest read(ObjectNode body) {
        ResponsesRequest read = ResponsesRequestReader.read(body);
        return new Read(read.request(), read.tools());
    }

    @Override
    public String failure(ProviderException failure) {
        ResponsesStreamEncoder stream = new ResponsesStreamEncoder("", NO_TOOLS);
        // The client has had the beginning, and takes a second one for a mistake.
        stream.encode(new ChatEvent.Started(Optional.empty(), Optional.empty(), Usage.unknown()));
        return stream.fail(failure);
    }

    private record Read(ChatRequest request, ResponsesTools tools) implements ClientRequest {

        @Override
        public ObjectNode write(AnswerCollector answer) {
            return ResponsesResponseWriter.write(answer, request.model(), tools);
        }

        @Override
        public StreamEncoder encoder() {
            return new ResponsesStreamEncoder(request.model(), tools);
        }
    }
}
