package dev.patchbay.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.patchbay.client.ModelStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One whole answer as a future; cancelling it ends the call. */
final class AsyncAnswer extends CompletableFuture<ChatResponse> implements Runnable {

    private final ModelCalls model;
    private final ChatRequest request;
    private volatile @Nullable ModelStream stream;

    AsyncAnswer(ModelCalls model, ChatRequest request) {
        this.model = model;
        this.request = request;
    }

    CompletableFuture<ChatResponse> start() {
        model.executor().execute(this);
        return this;
    }

    @Override
    public void run() {
        try {
            complete(model.ask(request, this::opened));
        } catch (Throwable failure) {
            completeExceptionally(failure);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        ModelStream open = stream;
        if (open != null) {
            open.close();
        }
        return cancelled;
    }

    private void opened(ModelStream opened) {
        stream = opened;
        if (isDone()) {
            opened.close();
        }
    }
}
