package dev.patchbay.springai;

import dev.patchbay.client.ModelResponse;
import dev.patchbay.client.ModelStream;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;

/** An answer in the pieces that Spring AI passes on: texts, thoughts, each call of a tool as a whole, and the end with the usage. */
final class StreamedResponses implements AutoCloseable {

    private final ModelStream stream;
    private @Nullable Integer call;
    private boolean ended;

    StreamedResponses(ModelStream stream) {
        this.stream = stream;
    }

    /**
     * Waits for the next piece.
     *
     * @param events reads the stream
     * @return empty at the end
     */
    Optional<ChatResponse> next(Function<ModelStream, Optional<ChatEvent>> events) {
        Optional<ChatEvent> event = ended ? Optional.empty() : events.apply(stream);
        while (event.isPresent()) {
            Optional<ChatResponse> piece = piece(event.get());
            if (piece.isPresent()) {
                return piece;
            }
            event = events.apply(stream);
        }
        if (ended) {
            return Optional.empty();
        }
        ended = true;
        return Optional.of(SpringAiAnswers.last(stream.response()));
    }

    ModelResponse response() {
        return stream.response();
    }

    @Override
    public void close() {
        stream.close();
    }

    private Optional<ChatResponse> piece(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta && !delta.text().isEmpty()) {
            return Optional.of(SpringAiAnswers.text(stream, delta.text()));
        }
        if (event instanceof ChatEvent.ThinkingDelta delta && !delta.thinking().isEmpty()) {
            return Optional.of(SpringAiAnswers.thought(stream, delta.thinking()));
        }
        if (event instanceof ChatEvent.BlockStarted started) {
            call = started.block() instanceof ContentBlock.ToolUse ? started.index() : null;
        }
        if (event instanceof ChatEvent.BlockStopped && call != null) {
            call = null;
            List<ContentBlock.ToolUse> calls = stream.response().toolCalls();
            return Optional.of(SpringAiAnswers.call(stream, calls.get(calls.size() - 1)));
        }
        return Optional.empty();
    }
}
