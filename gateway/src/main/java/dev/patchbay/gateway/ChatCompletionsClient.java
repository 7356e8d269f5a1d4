package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.chat.ChatErrors;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.chat.ChatResponseWriter;
import dev.patchbay.codec.chat.ChatStreamEncoder;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Clients that speak OpenAI chat completions. */
final class ChatCompletionsClient implements ClientDialect {

    /** Not every server sends the marker; the reason why it ended is as good (dialects.md, S11). */
    private static final Pattern END = Pattern.compile(
            "(?m)^data: ?(\\[DONE\\]|.*\"finish_reason\" ?: ?\"[^\"]|\\{ ?\"error\" ?:)|^event: ?error\\b");

    @Override
    public String id() {
        return "chat";
    }

    @Override
    public Optional<Operation> operation() {
        return Optional.of(Operation.CHAT);
    }

    @Override
    public ClientRequest read(ObjectNode body) {
        return new Read(ChatRequestReader.read(body), ChatRequestReader.wantsUsage(body));
    }

    @Override
    public int errorStatus(UpstreamError error) {
        return ChatErrors.status(error);
    }

    @Override
    public ObjectNode errorBody(UpstreamError error) {
        return ChatErrors.body(error);
    }

    @Override
    public boolean isOwnError(byte[] body) {
        return OpenAiErrors.isOwn(body);
    }

    @Override
    public String failure(ProviderException failure) {
        return new ChatStreamEncoder("", false).fail(failure);
    }

    @Override
    public String ping() {
        return "";
    }

    @Override
    public boolean isComplete(String lastEvents) {
        return END.matcher(lastEvents).find();
    }

    private record Read(ChatRequest request, boolean includeUsage) implements ClientRequest {

        @Override
        public ObjectNode write(AnswerCollector answer) {
            return ChatResponseWriter.write(answer, request.model());
        }

        @Override
        public StreamEncoder encoder() {
            return new ChatStreamEncoder(request.model(), includeUsage);
        }
    }
}
