package dev.patchbay.internal.gateway.upstream;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.PausableSource;
import dev.patchbay.internal.http.ContentCoding;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a body on its way: off the event loop, and never more at once than the reader takes, so that neither a loop nor
 * the heap is at the mercy of what a small body unpacks to. Used on one event loop.
 */
public final class UnzippedBody implements BodySink, PausableSource {

    /** What it holds at most: packed bytes that wait and are being read, and what comes of one step and one slice. */
    public static final int MOST_HELD = 1 << 20;

    /** So much may come of one step. */
    private static final int STEP = 64 * 1024;

    /** So much may wait before the upstream has to. */
    private static final int MOST_WAITING = 16 * 1024;

    private final Context context;
    private final PausableSource source;
    private final Unzip unzip;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private @Nullable BodySink next;
    private @Nullable ProviderException failure;
    private int head;
    private int bytes;
    private boolean working;
    private boolean paused;
    private boolean held;
    private boolean ended;
    private boolean over;

    /** @param source of the compressed body */
    public UnzippedBody(Vertx vertx, ContentCoding coding, PausableSource source) {
        this.context = vertx.getOrCreateContext();
        this.source = source;
        this.unzip = new Unzip(coding);
    }

    /** Who takes the decoded body; before anything comes. */
    public void to(BodySink reader) {
        next = reader;
    }

    @Override
    public void data(Buffer more) {
        if (over) {
            return;
        }
        waiting.add(more.getBytes());
        bytes += more.length();
        if (bytes > MOST_WAITING && !held) {
            held = true;
            source.pause();
        }
        goOn();
    }

    @Override
    public void end() {
        ended = true;
        goOn();
    }

    @Override
    public void failed(ProviderException why) {
        failure = why;
        goOn();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        // Who has room again may say so from anywhere on this loop; what comes of it belongs to the exchange.
        context.runOnContext(ignored -> goOn());
    }

    /** Nobody wants the rest. */
    public void stop() {
        over = true;
        if (!working) {
            unzip.close();
        }
    }

    private void goOn() {
        while (!working && !paused && !over) {
            if (waiting.isEmpty()) {
                settle();
                return;
            }
            byte[] piece = requireNonNull(waiting.peek());
            int from = head;
            if (bytes <= Unzip.SLICE) {
                taken(step(piece, from));
            } else {
                working = true;
                context.executeBlocking(() -> step(piece, from), false).onComplete(done -> {
                    working = false;
                    taken(
                            done.succeeded()
                                    ? requireNonNull(done.result())
                                    : new Step(new byte[0], 0, GatewayFailures.of(done.cause())));
                    goOn();
                });
            }
        }
    }

    /** Decodes until enough has come; touches nothing that the event loop does meanwhile. */
    private Step step(byte[] piece, int from) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        int at = from;
        try {
            while (at < piece.length && decoded.size() < STEP) {
                int length = Math.min(Unzip.SLICE, piece.length - at);
                unzip.decode(piece, at, length, decoded);
                at += length;
            }
        } catch (ProviderException broken) {
            return new Step(decoded.toByteArray(), at - from, broken);
        }
        return new Step(decoded.toByteArray(), at - from, null);
    }

    private void taken(Step step) {
        if (over) {
            unzip.close();
            return;
        }
        bytes -= step.used;
        head += step.used;
        if (head >= requireNonNull(waiting.peek()).length) {
            waiting.remove();
            head = 0;
        }
        if (step.decoded.length > 0) {
            reader().data(Buffer.buffer(step.decoded));
        }
        if (step.broken != null) {
            stop();
            reader().failed(step.broken);
        }
    }

    /** All that came is decoded. */
    private void settle() {
        if (failure != null) {
            stop();
            reader().failed(failure);
        } else if (ended) {
            finish();
        } else if (held) {
            held = false;
            source.resume();
        }
    }

    private void finish() {
        try {
            unzip.end();
        } catch (ProviderException cut) {
            stop();
            reader().failed(cut);
            return;
        }
        stop();
        reader().end();
    }

    private BodySink reader() {
        return requireNonNull(next, "nobody reads");
    }

    /**
     * What came of a step.
     *
     * @param used how many bytes went into it
     * @param broken why there is no more; null if it goes on
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Step(byte[] decoded, int used, @Nullable ProviderException broken) {}
}
