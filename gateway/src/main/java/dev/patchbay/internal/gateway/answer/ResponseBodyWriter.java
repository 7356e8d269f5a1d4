package dev.patchbay.internal.gateway.answer;

import dev.patchbay.internal.gateway.PausableSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Sends the body of an answer: what arrives together leaves together, in one write, and a reader that does not keep up stops
 * the source. Used on one event loop.
 */
public final class ResponseBodyWriter {

    /** The queue of the response counts messages, not bytes: what is as large as this has to be gone before the next. */
    private static final int LARGE = 64 * 1024;

    /** For the client to read what it is told before its connection breaks. */
    private static final int READING_MILLIS = 100;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final PausableSource source;
    private final Handler<Void> flush = ignored -> flush();
    private @Nullable Future<Void> before;
    private @Nullable DirectChunks direct;
    private long sentDirectly;
    private @Nullable Buffer pending;
    private boolean owned;
    private boolean scheduled;
    private boolean begun;
    private boolean ending;
    private boolean breaking;
    private boolean dropped;
    private boolean waiting;

    /** @param context of the event loop that serves the client */
    ResponseBodyWriter(HttpServerRequest request, Context context, PausableSource source) {
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.source = source;
    }

    /** Whether anything is to be sent, or was. */
    public boolean hasBegun() {
        return begun;
    }

    /** The bytes of the body that were given to the connection. */
    long bytesSent() {
        return response.bytesWritten() + sentDirectly;
    }

    /** Sends nothing more, not even what was to be sent soon: the response is somebody else's now. */
    public void drop() {
        dropped = true;
    }

    /** Sends soon. The buffer must not be changed afterwards. */
    public void write(Buffer more) {
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
    public void end() {
        ending = true;
        schedule();
    }

    /** Sends what was written and then breaks the connection, so that nobody takes the answer for a whole one. */
    public void breakOff() {
        breaking = true;
        end();
    }

    private void schedule() {
        begun = true;
        if (!scheduled) {
            scheduled = true;
            if (!source.afterRead(flush)) {
                context.runOnContext(flush);
            }
        }
    }

    private void flush() {
        scheduled = false;
        Buffer ready = pending;
        pending = null;
        if (dropped || response.closed() || response.ended()) {
            return;
        }
        if (breaking) {
            breakOff(ready);
            return;
        }
        if (ending) {
            end(ready);
            return;
        }
        if (ready == null) {
            return;
        }
        if (mayGoDirectly()) {
            direct = DirectChunks.on(request);
        }
        if (direct != null) {
            sendDirectly(direct, ready);
            return;
        }
        Future<Void> sent = response.write(ready);
        before = sent;
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

    /** Vert.x must not hold anything back that would then come behind. */
    private boolean mayGoDirectly() {
        return direct == null && before != null && before.succeeded() && response.isChunked();
    }

    private void sendDirectly(DirectChunks chunks, Buffer ready) {
        sentDirectly += ready.length();
        if (!chunks.send(ready) && !waiting) {
            await();
            chunks.whenSent(this::drained);
        }
    }

    private void await() {
        waiting = true;
        source.pause();
    }

    private void breakOff(@Nullable Buffer last) {
        if (last == null) {
            closeSoon();
        } else if (direct != null) {
            sentDirectly += last.length();
            direct.send(last);
            direct.whenSent(this::closeSoon);
        } else {
            response.write(last).onComplete(sent -> closeSoon());
        }
    }

    /** Some clients forget what they have not read yet when they hear of the break. */
    private void closeSoon() {
        context.owner().setTimer(READING_MILLIS, id -> request.connection().close());
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
