package dev.patchbay.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Sends the body of an answer: what arrives together leaves together, in one write, and a reader that does not keep up stops
 * the source. Used on one event loop.
 */
final class Outbox {

    /** The queue of the response counts messages, not bytes: what is as large as this has to be gone before the next. */
    private static final int LARGE = 64 * 1024;

    private final HttpServerResponse response;
    private final Context context;
    private final Flow source;
    private @Nullable Buffer pending;
    private boolean owned;
    private boolean scheduled;
    private boolean begun;
    private boolean ending;
    private boolean dropped;
    private boolean waiting;

    /** @param context of the event loop that serves the client */
    Outbox(HttpServerResponse response, Context context, Flow source) {
        this.response = response;
        this.context = context;
        this.source = source;
    }

    /** Sends the head soon, even if no body follows yet. */
    void begin() {
        schedule();
    }

    /** Whether anything is to be sent, or was. */
    boolean hasBegun() {
        return begun;
    }

    /** Sends nothing more, not even what was to be sent soon: the response is somebody else's now. */
    void drop() {
        dropped = true;
    }

    /** Sends soon. The buffer must not be changed afterwards. */
    void write(Buffer more) {
        if (more.length() == 0 || ending) {
            return;
        }
        if (pending == null) {
            pending = more;
            owned = false;
        } else if (owned) {
            pending.appendBuffer(more);
        } else {
            pending = Buffer.buffer(Math.max(1024, (pending.length() + more.length()) * 2))
                    .appendBuffer(pending)
                    .appendBuffer(more);
            owned = true;
        }
        schedule();
    }

    /** Ends the body, after all that was written. */
    void end() {
        ending = true;
        schedule();
    }

    private void schedule() {
        begun = true;
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(ignored -> flush());
        }
    }

    private void flush() {
        scheduled = false;
        Buffer ready = pending;
        pending = null;
        if (dropped || response.closed() || response.ended()) {
            return;
        }
        if (ending) {
            end(ready);
            return;
        }
        if (ready == null) {
            beginHead();
            return;
        }
        Future<Void> sent = response.write(ready);
        if (waiting) {
            return;
        }
        if (response.writeQueueFull()) {
            await();
            response.drainHandler(ignored -> drained());
        } else if (ready.length() >= LARGE && !sent.isComplete()) {
            await();
            sent.onComplete(ignored -> drained());
        }
    }

    private void await() {
        waiting = true;
        source.pause();
    }

    private void beginHead() {
        if (!response.headWritten()) {
            response.writeHead();
        }
    }

    private void end(@Nullable Buffer last) {
        if (last == null) {
            response.end();
        } else {
            response.end(last);
        }
    }

    private void drained() {
        waiting = false;
        source.resume();
    }
}
