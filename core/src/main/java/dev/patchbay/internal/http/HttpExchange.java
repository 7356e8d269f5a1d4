package dev.patchbay.internal.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One request on its way: sent when made, ended by any thread. */
final class HttpExchange {

    private final QueuedBody body;
    private final CompletableFuture<HttpResponse<QueuedBody>> answer;

    private HttpExchange(HttpClient client, HttpRequest request, Consumer<HttpExchange> ended) {
        this.body = new QueuedBody(() -> ended.accept(this));
        this.answer = client.sendAsync(request, head -> body);
    }

    /**
     * Sends a request.
     *
     * @param ended called when nothing more can come after an answer began, or the exchange was cancelled; maybe more than
     *     once
     */
    static HttpExchange send(HttpClient client, HttpRequest request, Consumer<HttpExchange> ended) {
        return new HttpExchange(client, request, ended);
    }

    /**
     * Waits for the head of the answer; ends the exchange if it does not come.
     *
     * @throws ExecutionException if the exchange failed
     * @throws SilenceException if nothing came in time
     * @throws ClosedException if it was ended from this side, or the thread interrupted
     */
    HttpResponse<QueuedBody> head(long nanos) throws ExecutionException, SilenceException, ClosedException {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            cancel();
            throw new SilenceException();
        } catch (CancellationException e) {
            throw new ClosedException();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new ClosedException();
        }
    }

    QueuedBody body() {
        return body;
    }

    /** Ends the exchange and closes its connection at once, unless the answer was complete. Idempotent. */
    void cancel() {
        // The body first: the JDK breaks the connection at once, and the reader must know that it was no break.
        body.cancel();
        answer.cancel(true);
    }
}
