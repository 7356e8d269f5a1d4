package dev.patchbay.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.patchbay.client.ModelStream;
import dev.patchbay.spi.ChatEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer for a handler. It hears of one end, unless it cancelled: then it hears nothing any more. What a handler throws is told to it as an
 * error, as LangChain4j's own models do, and the answer goes on.
 */
final class HandledAnswer implements Runnable, StreamingHandle {

    private static final Logger LOG = System.getLogger(HandledAnswer.class.getName());

    private final ModelCalls model;
    private final ChatRequest request;
    private final StreamingChatResponseHandler handler;
    private final StreamedCalls calls = new StreamedCalls();
    private volatile boolean cancelled;
    private volatile @Nullable ModelStream stream;

    HandledAnswer(ModelCalls model, ChatRequest request, StreamingChatResponseHandler handler) {
        this.model = model;
        this.request = request;
        this.handler = handler;
    }

    /** Returns at once; the handler hears of an executor that takes no task. */
    void start() {
        try {
            model.executor().execute(this);
        } catch (RuntimeException refused) {
            fail(refused);
        }
    }

    @Override
    public void run() {
        try (ModelStream opened = model.open(request, true)) {
            stream = opened;
            Optional<ChatEvent> event = model.next(opened);
            while (event.isPresent() && !cancelled) {
                pass(event.get());
                event = model.next(opened);
            }
            tell(() -> handler.onCompleteResponse(LangChain4jAnswers.response(opened.response(), calls.all())));
        } catch (Throwable failure) {
            fail(failure);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        ModelStream open = stream;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    private void pass(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta && !delta.text().isEmpty()) {
            tell(() -> handler.onPartialResponse(new PartialResponse(delta.text()), new PartialResponseContext(this)));
        } else if (event instanceof ChatEvent.ThinkingDelta delta
                && !delta.thinking().isEmpty()) {
            tell(() ->
                    handler.onPartialThinking(new PartialThinking(delta.thinking()), new PartialThinkingContext(this)));
        }
        Optional<PartialToolCall> piece = calls.partial(event);
        piece.ifPresent(call -> tell(() -> handler.onPartialToolCall(call, new PartialToolCallContext(this))));
        Optional<CompleteToolCall> whole = calls.complete(event);
        whole.ifPresent(call -> tell(() -> handler.onCompleteToolCall(call)));
    }

    /** One event can mean several callbacks, and any of them may cancel. */
    private void tell(Runnable callback) {
        if (cancelled) {
            return;
        }
        try {
            callback.run();
        } catch (Exception thrown) {
            fail(thrown);
        }
    }

    private void fail(Throwable failure) {
        if (cancelled) {
            return;
        }
        try {
            handler.onError(failure);
        } catch (Exception thrown) {
            LOG.log(Level.WARNING, "a handler failed when it was told of an error", thrown);
        }
    }
}
