package dev.patchbay.internal.http;

import dev.patchbay.internal.http.socket.ClosedException;
import dev.patchbay.internal.http.socket.SilenceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An exchange of the JDK's client, for hosts that speak HTTP/2 alone: sent when made, as soon as the host is known. */
final class JdkExchange implements HttpExchange {

    private final QueuedBody body;
    private final CompletableFuture<HttpResponse<QueuedBody>> answer;
    private final Runnable ended;
    private final CompletableFuture<InetAddress[]> lookup;
    private final boolean mayBeStale;
    private @Nullable CompletableFuture<HttpResponse<QueuedBody>> sent;
    private boolean cancelled;

    /**
     * Sends a request.
     *
     * @param lookup of the host to connect to; what it finds is looked up once more, in the JVM's cache
     * @param mayBeStale whether its connection may come from the pool
     * @param answered called when the answer began
     * @param ended called when nothing more can come; maybe more than once
     */
    JdkExchange(
            HttpClient client,
            HttpRequest request,
            CompletableFuture<InetAddress[]> lookup,
            boolean mayBeStale,
            Runnable answered,
            Consumer<HttpExchange> ended) {
        this.ended = () -> ended.accept(this);
        this.body = new QueuedBody(this.ended);
        this.mayBeStale = mayBeStale;
        this.lookup = lookup;
        this.answer = lookup.thenCompose(known -> send(client, request, head -> {
            answered.run();
            return body;
        }));
    }

    private synchronized CompletableFuture<HttpResponse<QueuedBody>> send(
            HttpClient client, HttpRequest request, HttpResponse.BodyHandler<QueuedBody> reader) {
        if (cancelled) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        sent = client.sendAsync(request, reader);
        return sent;
    }

    @Override
    public AnswerHead head(ExchangeTimeouts timeouts) throws IOException {
        long start = System.nanoTime();
        try {
            awaitHost(timeouts);
            long left = timeouts.forHead() - (System.nanoTime() - start);
            HttpResponse<QueuedBody> head = answer.get(left, TimeUnit.NANOSECONDS);
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

    /** What it finds, or does not find, is told with the answer. */
    private void awaitHost(ExchangeTimeouts timeouts) throws IOException, InterruptedException, TimeoutException {
        long forConnection = timeouts.forConnection();
        long forHead = timeouts.forHead();
        try {
            lookup.handle((known, failure) -> known).get(Math.min(forConnection, forHead), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (forHead < forConnection) {
                throw e;
            }
            cancel();
            throw new HttpConnectTimeoutException("the host was not looked up in time");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
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
        CompletableFuture<?> running;
        synchronized (this) {
            cancelled = true;
            running = sent;
        }
        if (running != null) {
            running.cancel(true);
        }
        answer.cancel(true);
        lookup.cancel(true);
    }
}
