package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.chat.ChatResponseWriter;
import dev.patchbay.codec.chat.ChatStreamEncoder;
import dev.patchbay.codec.chat.CustomTools;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Clients that speak OpenAI chat completions. */
public final class ChatCompletionsClient extends OpenAiClient {

    private static final Pattern DONE = Pattern.compile("(?m)^data: ?\\[DONE\\]");
    private static final Pattern REASON = Pattern.compile("(?m)^data:.*\"finish_reason\" ?: ?\"(?!error\"|\")");
    private static final Pattern ERROR = Pattern.compile(
            "(?m)^data: ?\\{(.*[,\\{] ?)? ?\"error\" ?: ?[\\{\"]|^data:.*\"finish_reason\" ?: ?\"error\"|^event: ?error\\b");
    private static final String MARK = "data: [DONE]\n\n";

    public ChatCompletionsClient() {
        super("chat");
    }

    @Override
    public Optional<Operation> operation() {
        return Optional.of(Operation.CHAT);
    }

    @Override
    public ClientRequest read(ObjectNode body, DroppedMembers dropped, KeptItems.Of kept) {
        return new Read(
                ChatRequestReader.read(body, dropped), ChatRequestReader.wantsUsage(body), CustomTools.of(body));
    }

    /** Not every server sends the marker; the reason why it ended is as good (dialects.md, S11). */
    @Override
    public StreamEnd end(String lastEvents) {
        if (REASON.matcher(lastEvents).find()) {
            return DONE.matcher(lastEvents).find() ? StreamEnd.COMPLETE : StreamEnd.FINISHED;
        }
        return endBesideOthers(lastEvents);
    }

    @Override
    public StreamEnd endBesideOthers(String lastEvents) {
        if (ERROR.matcher(lastEvents).find()) {
            return StreamEnd.FAILED;
        }
        return DONE.matcher(lastEvents).find() ? StreamEnd.COMPLETE : StreamEnd.OPEN;
    }

    @Override
    public boolean mayBeMark(String lastCharacters) {
        return lastCharacters.contains("[DONE]");
    }

    @Override
    public String mark(boolean ended) {
        return ended ? "" : MARK;
    }

    @Override
    public String failure(ProviderException failure) {
        return new ChatStreamEncoder("", false).fail(failure);
    }

    private record Read(ChatRequest request, boolean includeUsage, CustomTools custom) implements ClientRequest {

        @Override
        public ObjectNode write(AnswerCollector answer) {
            return ChatResponseWriter.write(answer, request.model(), custom);
        }

        @Override
        public StreamEncoder encoder() {
            return new ChatStreamEncoder(request.model(), includeUsage, custom);
        }
    }
}
