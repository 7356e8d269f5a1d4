package dev.patchbay.internal.gateway.translate;

import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.JsonWeight;
import dev.patchbay.internal.gateway.SilenceTimer;
import dev.patchbay.internal.gateway.answer.ClientAnswer;
import dev.patchbay.internal.gateway.upstream.BodySink;
import dev.patchbay.internal.gateway.upstream.UpstreamExchange;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Translates an upstream's event stream as it comes. */
public final class TranslatedEvents implements BodySink {

    /** So long nothing may follow the reason why an answer ended (dialects.md, S9). */
    private static final Duration AFTER_FINISH = Duration.ofSeconds(1);

    /** An event that is not longer is not counted. */
    private static final int SHORT = 64 * 1024;

    private final Vertx vertx;
    private final UpstreamExchange upstream;
    private final StreamDecoder decoder;
    private final ClientAnswer answer;
    private final BufferBudget.Reservation memory;
    private @Nullable SilenceTimer quiet;
    private long taken;
    private boolean over;

    /**
     * @param decoder gives its events to {@code answer}
     * @param memory where a long event is taken from; whoever owns it gives back what is left
     */
    public TranslatedEvents(
            Vertx vertx,
            UpstreamExchange upstream,
            StreamDecoder decoder,
            ClientAnswer answer,
            BufferBudget.Reservation memory) {
        this.vertx = vertx;
        this.upstream = upstream;
        this.decoder = decoder;
        this.answer = answer;
        this.memory = memory;
    }

    @Override
    public void data(Buffer bytes) {
        if (over) {
            return;
        }
        byte[] read = bytes.getBytes();
        if (decoder.held() + read.length > SHORT && !take(read)) {
            fail(BufferBudget.exhausted());
            return;
        }
        attempt(() -> decoder.feed(read));
        if (taken > 0 && (over || decoder.held() == 0)) {
            memory.give(taken);
            taken = 0;
        }
    }

    /** For the bytes, twice, since what grows is copied, and for what is read from them. */
    private boolean take(byte[] read) {
        long wanted = 2L * read.length + JsonWeight.of(read);
        if (!memory.tryTake(wanted)) {
            return false;
        }
        taken += wanted;
        return true;
    }

    @Override
    public void end() {
        if (!over) {
            attempt(() -> decoder.end(true));
        }
    }

    /** A stream whose finish was seen is complete, though its connection broke (dialects.md, S11). */
    @Override
    public void failed(ProviderException failure) {
        if (over) {
            return;
        }
        try {
            decoder.end(false);
        } catch (ProviderException incomplete) {
            fail(failure);
            return;
        }
        finish();
        answer.complete();
    }

    /** Ends the timer when the client leaves. */
    public void stop() {
        if (quiet != null) {
            quiet.stop();
        }
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (ProviderException failure) {
            finish();
            answer.refused(failure);
            upstream.endWithin(AFTER_FINISH);
            return;
        }
        if (decoder.isDone()) {
            finish();
            answer.complete();
            upstream.endWithin(AFTER_FINISH);
            return;
        }
        answer.flush();
        if (quiet != null) {
            quiet.touch();
        } else if (decoder.isWhole()) {
            quiet = new SilenceTimer(vertx, AFTER_FINISH, this::quiet);
        }
    }

    private void quiet() {
        if (!over && !upstream.isPaused() && decoder.isWhole()) {
            attempt(() -> decoder.end(true));
        }
    }

    private void fail(ProviderException failure) {
        finish();
        answer.failed(failure);
        upstream.endWithin(AFTER_FINISH);
    }

    private void finish() {
        over = true;
        stop();
    }
}
