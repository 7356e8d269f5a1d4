package dev.patchbay.gateway;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * A body as it came, also where its connection breaks: the JDK's input stream tells of the break before it has given what
 * came in front of it.
 */
final class CollectedBody implements HttpResponse.BodySubscriber<CollectedBody> {

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();

    /** Waits for the end; whether the body ended as it should. */
    boolean isWhole() {
        return whole.join();
    }

    /** What came, once it has ended. */
    String text() {
        return read.toString(StandardCharsets.UTF_8);
    }

    /** Closes the connection if the body has not ended. */
    void leave() {
        subscribed.thenAccept(Flow.Subscription::cancel);
    }

    @Override
    public CompletionStage<CollectedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscribed.complete(subscription);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            read.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable cut) {
        whole.complete(false);
    }

    @Override
    public void onComplete() {
        whole.complete(true);
    }
}
