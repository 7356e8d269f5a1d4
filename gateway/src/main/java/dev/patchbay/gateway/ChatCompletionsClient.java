package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.chat.ChatResponseWriter;
import dev.patchbay.codec.chat.ChatStreamEncoder;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Clients that speak OpenAI chat completions. */
final class ChatCompletionsClient extends OpenAiClient {

    /** Not every server sends the marker; the reason why it ended is as good (dialects.md, S11). */
    private static final Pattern END = Pattern.compile(
            "(?m)^data: ?(\\[DONE\\]|.*\"finish_reason\" ?: ?\"[^\"]|\\{ ?\"error\" ?:)|^event: ?error\\b");

    ChatCompletionsClient() {
        super("chat", END);
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
    public String failure(ProviderException failure) {
        return new ChatStreamEncoder("", false).fail(failure);
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
