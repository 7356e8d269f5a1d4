package dev.patchbay.internal.http;

import dev.patchbay.internal.http.socket.ClosedException;
import dev.patchbay.internal.http.socket.SilenceException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** An exchange of the JDK's client, for hosts that speak HTTP/2 alone: sent when made. */
final class JdkExchange implements HttpExchange {

    private final QueuedBody body;
    private final CompletableFuture<HttpResponse<QueuedBody>> answer;
    private final Runnable ended;
    private final boolean mayBeStale;

    /**
     * Sends a request.
     *
     * @param mayBeStale whether its connection may come from the pool
     * @param answered called when the answer began
     * @param ended called when nothing more can come; maybe more than once
     */
    JdkExchange(
            HttpClient client,
            HttpRequest request,
            boolean mayBeStale,
            Runnable answered,
            Consumer<HttpExchange> ended) {
        this.ended = () -> ended.accept(this);
        this.body = new QueuedBody(this.ended);
        this.mayBeStale = mayBeStale;
        this.answer = client.sendAsync(request, head -> {
            answered.run();
            return body;
        });
    }

    @Override
    public AnswerHead head(ExchangeTimeouts timeouts) throws IOException {
        try {
            HttpResponse<QueuedBody> head = answer.get(timeouts.forHead(), TimeUnit.NANOSECONDS);
            return new AnswerHead(head.statusCode(), head.headers(), new QueuedBodyStream(head.body(), timeouts));
        } catch (TimeoutException e) {
            cancel();
            throw new SilenceException();
        } catch (CancellationException e) {
            throw new ClosedException();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new ClosedException();
        } catch (ExecutionException e) {
            ended.run();
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    @Override
    public boolean isRepeatable(IOException failure) {
        return mayBeStale && NetworkFailures.isBreak(failure);
    }

    @Override
    public void cancel() {
        // The body first: the JDK breaks the connection at once, and the reader must know that it was no break.
        body.cancel();
        answer.cancel(true);
    }
}
