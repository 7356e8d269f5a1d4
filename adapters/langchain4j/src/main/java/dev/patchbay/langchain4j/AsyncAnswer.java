package dev.patchbay.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.patchbay.client.ModelStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One whole answer as a future. However an application ends it (cancels it, gives it a time limit, completes it), the call ends with it. */
final class AsyncAnswer extends CompletableFuture<ChatResponse> implements Runnable {

    private final ModelCalls model;
    private final ChatRequest request;
    private volatile @Nullable ModelStream stream;

    AsyncAnswer(ModelCalls model, ChatRequest request) {
        this.model = model;
        this.request = request;
    }

    CompletableFuture<ChatResponse> start() {
        var ignored = whenComplete((response, failure) -> leave());
        try {
            model.executor().execute(this);
        } catch (RuntimeException refused) {
            completeExceptionally(refused);
        }
        return this;
    }

    @Override
    public void run() {
        if (isDone()) {
            return;
        }
        try {
            complete(model.ask(request, this::opened));
        } catch (Throwable failure) {
            completeExceptionally(failure);
        }
    }

    private void leave() {
        ModelStream open = stream;
        if (open != null) {
            open.close();
        }
    }

    private void opened(ModelStream opened) {
        stream = opened;
        if (isDone()) {
            opened.close();
        }
    }
}
