package dev.patchbay.internal.http;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One answer over HTTP, read as it is asked for. */
final class HttpChatStream implements ChatStream {

    private final Supplier<PendingCall> calls;
    private final SentSecrets secrets;
    private final AnswerReader reader;
    private final ErrorResponses refusals;
    private final Queue<ChatEvent> events = new ArrayDeque<>();
    private @Nullable AnswerBody body;
    private @Nullable ProviderException failure;
    private @Nullable PendingCall call;
    private boolean closed;

    /**
     * An answer that is asked for with its first event.
     *
     * @param secrets those that the calls are sent with
     */
    HttpChatStream(Supplier<PendingCall> calls, SentSecrets secrets, AnswerReader reader, ErrorResponses refusals) {
        this.calls = calls;
        this.secrets = secrets;
        this.reader = reader;
        this.refusals = refusals;
    }

    @Override
    public Optional<ChatEvent> next() {
        boolean more = true;
        while (events.isEmpty() && more) {
            if (failure != null) {
                throw failure;
            }
            more = readMore();
        }
        return Optional.ofNullable(events.poll());
    }

    @Override
    public void close() {
        PendingCall running;
        synchronized (this) {
            closed = true;
            running = call;
        }
        if (running != null) {
            running.cancel();
        }
    }

    /** What came before a failure is passed on before it. */
    private boolean readMore() {
        try {
            if (body == null) {
                body = open();
            }
            return body.readMore();
        } catch (ProviderException e) {
            failure = refusals.withAdvice(e);
            close();
            return true;
        }
    }

    private AnswerBody open() {
        PendingCall opened = call();
        UpstreamReply reply = opened.reply();
        if (reply.status() == RouteTransport.UNAUTHORIZED && secrets.renew()) {
            opened.cancel();
            opened = call();
            reply = opened.reply();
        }
        refusals.check(reply);
        return AnswerBody.of(reply, opened.failures(), refusals, reader, events::add);
    }

    private PendingCall call() {
        PendingCall opened = calls.get();
        synchronized (this) {
            if (closed) {
                throw NetworkFailures.cancelled();
            }
            call = opened;
        }
        return opened;
    }
}
