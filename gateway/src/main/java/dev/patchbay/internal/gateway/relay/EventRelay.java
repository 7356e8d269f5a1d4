package dev.patchbay.internal.gateway.relay;

import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.SilenceTimer;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import dev.patchbay.internal.gateway.answer.ResponseBodyWriter;
import dev.patchbay.internal.gateway.client.ClientDialect;
import dev.patchbay.internal.gateway.client.StreamEnd;
import dev.patchbay.internal.gateway.upstream.BodySink;
import dev.patchbay.internal.gateway.upstream.UpstreamExchange;
import dev.patchbay.internal.http.PreparedCall;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes an event stream on, byte for byte but for a secret that an error repeats. Adds a ping where the upstream is silent for
 * long, the mark of the end where only that is missing, and an error event where the stream ends before it is complete. A stream
 * that begins with an error is a refusal (dialects.md, S9, S12, A1 and "Broken answers").
 */
public final class EventRelay implements BodySink {

    /** So long nothing may follow the reason why an answer ended. */
    private static final Duration AFTER_FINISH = Duration.ofSeconds(1);

    private static final Buffer EMPTY = Buffer.buffer(0);

    /** So much of the last event may be looked at each time. */
    private static final int MARK_LENGTH = 64;

    /** So much of the begin is kept, since Anthropic counts the input in the first event; and of the end it is searched. */
    private static final int PART = 4 * 1024;

    private final ClientExchange client;
    private final ClientDialect dialect;
    private final ResponseBodyWriter writer;
    private final UpstreamExchange upstream;
    private final EventBoundary boundary = new EventBoundary();
    private final EventTail tail = new EventTail();
    private final ErrorMask mask;
    private final CountedTokens tokens;
    private final SeveralChoices choices;
    private String begin = "";
    private final @Nullable SilenceTimer ping;
    private final SilenceTimer quiet;
    private boolean answered;
    private boolean heard;
    private boolean over;

    /**
     * @param sent whose secrets an error may repeat
     * @param wanted how many answers of a chat stream were asked for
     */
    public EventRelay(
            Vertx vertx,
            Duration pingAfter,
            ClientExchange client,
            ResponseBodyWriter writer,
            UpstreamExchange upstream,
            PreparedCall sent,
            int wanted) {
        this.client = client;
        this.dialect = client.dialect();
        this.writer = writer;
        this.upstream = upstream;
        this.mask = new ErrorMask(sent, true);
        this.tokens = new CountedTokens(dialect);
        this.choices = new SeveralChoices(wanted);
        this.ping = dialect.ping().isEmpty() ? null : new SilenceTimer(vertx, pingAfter, this::ping);
        this.quiet = new SilenceTimer(vertx, AFTER_FINISH, this::quiet);
    }

    @Override
    public void data(Buffer bytes) {
        if (over) {
            return;
        }
        if (ping != null) {
            ping.touch();
        }
        quiet.touch();
        heard = true;
        choices.take(bytes);
        Buffer whole = boundary.take(bytes);
        if (whole.length() > 0) {
            pass(whole);
        }
        if (!over && isMarked(whole)) {
            complete();
        }
    }

    private void pass(Buffer whole) {
        answered = answered || hasObject(whole);
        if (!answered && dialect.end(endOf(whole)) == StreamEnd.COMPLETE) {
            upstream.endWithin(AFTER_FINISH);
            broken(Bodies.unusable("upstream ended the stream without an answer"));
            return;
        }
        Optional<UpstreamError> refusal = writer.hasBegun() ? Optional.empty() : FirstEvent.error(whole);
        if (refusal.isPresent()) {
            upstream.cancel();
            refused(() -> client.fail(refusal.get()));
            return;
        }
        if (begin.isEmpty()) {
            begin = whole.getString(0, Math.min(whole.length(), PART));
            client.answering();
        }
        boolean maskable = !boundary.isOpen() || !mask.isIdle(whole);
        tail.add(whole, boundary.isOpen());
        writer.write(maskable ? mask.apply(whole) : whole);
    }

    /** Some whole lines: what is no answer may go on for ever, and to search all of it takes longer than to pass it on. */
    private static String endOf(Buffer events) {
        int from = Math.max(0, events.length() - PART);
        String end = events.getString(from, events.length());
        return from == 0 ? end : end.substring(end.indexOf('\n') + 1);
    }

    private static boolean hasObject(Buffer events) {
        return ((BufferInternal) events).getByteBuf().bytesBefore((byte) '{') >= 0;
    }

    /** The mark counts at the end of its line already: some servers send no more, and keep the connection. */
    private boolean isMarked(Buffer whole) {
        Buffer rest = boundary.rest();
        if (rest.length() > 0 && rest.length() < MARK_LENGTH && rest.getByte(rest.length() - 1) == '\n') {
            return dialect.mayBeMark(rest.toString()) && dialect.end(tail.text(rest)) == StreamEnd.COMPLETE;
        }
        String last = whole.getString(Math.max(0, whole.length() - MARK_LENGTH), whole.length());
        return dialect.mayBeMark(last) && dialect.end(tail.text(EMPTY)) == StreamEnd.COMPLETE;
    }

    /** What may still come has no meaning, except that the connection can be used again behind it. */
    private void complete() {
        finish();
        writer.write(LastEvent.lines(boundary.rest()));
        writer.end();
        upstream.endWithin(AFTER_FINISH);
    }

    @Override
    public void end() {
        if (!over) {
            choices.end();
            boolean inside = !boundary.isOpen();
            Buffer rest = inside ? LastEvent.withEnd(boundary.rest()) : LastEvent.closed(boundary.rest());
            if (inside) {
                tail.add(rest, true);
            }
            ended(rest, true, Bodies.unusable("upstream stream ended before completion"));
        }
    }

    /** What is half cannot be used; it is dropped, so that the error can be read. */
    @Override
    public void failed(ProviderException failure) {
        if (over) {
            return;
        }
        ended(EMPTY, false, failure);
    }

    private void ended(Buffer rest, boolean clean, ProviderException otherwise) {
        StreamEnd end = reached(rest, choices.haveEnded());
        if (end == StreamEnd.OPEN || (!writer.hasBegun() && rest.length() == 0)) {
            broken(otherwise);
            return;
        }
        finish();
        writer.write(mask.apply(rest));
        writer.write(mask.rest());
        writer.write(Buffer.buffer(end == StreamEnd.FINISHED ? dialect.mark(clean) : ""));
        if (end == StreamEnd.FAILED) {
            client.brokeOff();
            writer.breakOff();
        } else {
            writer.end();
        }
    }

    /** @param others whether no other answer of the stream goes on */
    private StreamEnd reached(Buffer rest, boolean others) {
        String last = tail.text(rest);
        return others ? dialect.end(last) : dialect.endBesideOthers(last);
    }

    /** Tells the client, and then breaks its connection: not every client reads events of this kind. */
    private void broken(ProviderException failure) {
        if (!writer.hasBegun()) {
            refused(() -> client.fail(failure));
            return;
        }
        finish();
        ProviderException told = GatewayFailures.told(client.clean(failure));
        client.because(failure);
        String separator = boundary.isOpen() ? "" : "\n\n";
        writer.write(mask.rest());
        writer.write(Buffer.buffer(separator + dialect.failure(told, begin, tail.text(EMPTY), model())));
        client.brokeOff();
        writer.breakOff();
    }

    private String model() {
        return client.plan().map(plan -> plan.route().upstreamModel()).orElse("");
    }

    /** Ends the timers when the client leaves. */
    public void stop() {
        quiet.stop();
        if (ping != null) {
            ping.stop();
        }
    }

    private void finish() {
        client.used(tokens.in(begin).updatedBy(tokens.in(tail.text(boundary.rest()))));
        over = true;
        stop();
    }

    private void refused(Runnable told) {
        finish();
        writer.drop();
        told.run();
    }

    private void ping() {
        if (!tail.isEmpty() && boundary.isOpen()) {
            writer.write(Buffer.buffer(dialect.ping()));
        }
    }

    /** Some servers keep the connection open behind the end of an answer. */
    private void quiet() {
        boolean news = heard;
        heard = false;
        if (!news || tail.isEmpty() || upstream.isPaused()) {
            return;
        }
        boolean inside = !boundary.isOpen();
        if (inside && !tail.isWholeWith(boundary.rest())) {
            return;
        }
        Buffer rest = inside ? LastEvent.withEnd(boundary.rest()) : LastEvent.closed(boundary.rest());
        if (inside) {
            tail.add(rest, true);
        }
        if (reached(rest, choices.areAllThere()) != StreamEnd.OPEN) {
            upstream.cancel();
            ended(rest, false, Bodies.unusable("upstream stream ended before completion"));
        }
    }
}
