package dev.patchbay.internal.gateway.accept;

import dev.patchbay.internal.gateway.AbruptClose;
import dev.patchbay.internal.gateway.BufferBudget;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a connection of a client is at, and since when: it asks nothing, asks, or is answered. Used on one event loop. */
@SuppressWarnings({"FutureReturnValueIgnored", "ReferenceEquality"
}) // A closed channel tells by its closing; messages are compared as what they are.
final class ClientConnection extends ChannelOutboundHandlerAdapter {

    private static final String NO_ROOM =
            "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

    private final Channel channel;
    private final ConnectionWatch watch;
    private final BufferBudget.Reservation memory;
    private long headStarted;
    private long lastRead = System.nanoTime();
    private long answeredAt;
    private long ahead;
    private boolean headBegun;
    private boolean busy;
    private boolean requestComplete = true;
    private boolean answered = true;
    private boolean held;
    private boolean sentAhead;
    private boolean last;
    private @Nullable BodyReader body;
    private @Nullable Runnable turnRefused;

    private long outHeld;
    private long stalledSince;
    private @Nullable Object sending;
    private long sent;

    ClientConnection(Channel channel, ConnectionWatch watch, BufferBudget.Reservation memory) {
        this.channel = channel;
        this.watch = watch;
        this.memory = memory;
    }

    Channel channel() {
        return channel;
    }

    /** Something has come. */
    void read() {
        lastRead = System.nanoTime();
    }

    /** When something came last, by {@link System#nanoTime}. */
    long lastRead() {
        return lastRead;
    }

    /**
     * Whether the next request may be read.
     *
     * @param waiting bytes of it that have come already
     */
    boolean mayBegin(int waiting) {
        if (!busy) {
            return true;
        }
        if (waiting > 0) {
            held = true;
            keepUnread(waiting, channel::close);
        }
        return false;
    }

    /**
     * The request has to wait for its turn; until then no more of its body is read.
     *
     * @param refused tells that there is no room even for what has come of it
     */
    void awaitTurn(Runnable refused) {
        turnRefused = refused;
        channel.config().setAutoRead(false);
    }

    /** It is the turn of the request, which was told to wait. */
    void takeTurn() {
        if (turnRefused != null) {
            turnRefused = null;
            memory.give(ahead);
            ahead = 0;
            channel.eventLoop().execute(this::proceed);
        }
    }

    /** Whether some of the request that is served, or asked next, was there before the one before it was answered. */
    boolean wasSentAhead() {
        return sentAhead;
    }

    /** Whether it waits for its turn, and holds something meanwhile. */
    boolean isHeldInQueue() {
        return turnRefused != null && ahead > 0;
    }

    /**
     * Whether the body may be read.
     *
     * @param waiting bytes of it that have come already
     */
    boolean mayReadBody(int waiting) {
        Runnable refused = turnRefused;
        if (refused == null) {
            return true;
        }
        keepUnread(waiting, refused);
        return false;
    }

    private void keepUnread(int waiting, Runnable refused) {
        channel.config().setAutoRead(false);
        if (waiting <= ahead) {
            return;
        }
        if (memory.tryTake(waiting - ahead)) {
            ahead = waiting;
        } else {
            giveUp(refused);
        }
    }

    private void giveUp(Runnable refused) {
        memory.give(ahead);
        ahead = 0;
        refused.run();
    }

    /**
     * Some of a head has come.
     *
     * @param lines bytes of it in lines that are whole
     * @param rest bytes of the line that is not
     * @return whether there is room for it
     */
    boolean headGrew(int lines, int rest) {
        if (!headBegun && lines + rest > 0) {
            headBegun = true;
            headStarted = System.nanoTime();
        }
        long more = lines + (rest > ahead ? rest - ahead : 0);
        ahead = Math.max(ahead, rest);
        return more == 0 || memory.tryTake(more);
    }

    /** The last lines of a head have come; whether there is room for them. */
    boolean headTook(int lines) {
        return memory.tryTake(lines);
    }

    /** A head is complete: from here on the request is served. */
    void headComplete() {
        busy = true;
        headBegun = false;
        requestComplete = false;
        answered = false;
        watch.busy(this);
    }

    void requestComplete() {
        requestComplete = true;
        done();
    }

    /** Who reads the body of the request that is served; null when nobody does any more. */
    void readBy(@Nullable BodyReader reader) {
        body = reader;
    }

    /** What comes of the body is not read. */
    void bodyBroken(String why) {
        if (body == null) {
            channel.close();
        } else {
            body.broken(why);
        }
    }

    /** Bytes that it would give back. */
    long held() {
        return memory.held() + (body == null ? 0 : body.held());
    }

    boolean isReadingBody() {
        return body != null;
    }

    /** Whether it began to ask and has not come to an end with the head. */
    boolean isInHead() {
        return !busy && headBegun;
    }

    boolean isBusy() {
        return busy;
    }

    long headStarted() {
        return headStarted;
    }

    /** Since when all was answered while the rest of the request did not come; 0 if that is not so. */
    long answeredAt() {
        return answeredAt;
    }

    /** Since when something has to be sent and nothing of it leaves; 0 if that is not so. */
    long stalledSince() {
        return stalledSince;
    }

    /** Gives up what it holds without need: a request of which some is missing, or an answer that nobody reads. */
    void giveUp() {
        Runnable refused = turnRefused;
        if (refused != null) {
            giveUp(refused);
            return;
        }
        if (body != null) {
            body.starved();
            return;
        }
        boolean inHead = isInHead();
        // Now, and not when the connection is closed: others are about to be asked as well.
        memory.close();
        if (inHead) {
            refuse();
        } else {
            AbruptClose.of(channel);
        }
    }

    /** Tells that the head did not come in time, as of any that cannot be read, and closes. */
    void late() {
        ChannelHandlerContext decoder = channel.pipeline().context(RequestDecoder.class);
        if (decoder == null) {
            channel.close();
        } else {
            ((RequestDecoder) decoder.handler()).late(decoder);
        }
    }

    /** Tells that there is no room, in bytes that are there already. */
    private void refuse() {
        ChannelHandlerContext decoder = channel.pipeline().context(RequestDecoder.class);
        if (decoder == null) {
            channel.close();
            return;
        }
        byte[] answer = NO_ROOM.getBytes(StandardCharsets.US_ASCII);
        decoder.writeAndFlush(Unpooled.wrappedBuffer(answer)).addListener(ChannelFutureListener.CLOSE);
    }

    /** Counts what waits to be sent, and finds out whether it leaves. */
    boolean measureOutput(long now) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        long pending = waiting == null ? 0 : waiting.totalPendingWriteBytes();
        if (waiting == null || pending == 0) {
            stalledSince = 0;
            sending = null;
        } else if (waiting.current() != sending || waiting.currentProgress() != sent || stalledSince == 0) {
            stalledSince = now;
            sending = waiting.current();
            sent = waiting.currentProgress();
        }
        boolean fits = pending <= outHeld || memory.tryTake(pending - outHeld);
        if (pending < outHeld) {
            memory.give(outHeld - pending);
        }
        outHeld = fits ? pending : outHeld;
        return fits;
    }

    /** Ends what is counted. */
    void closed() {
        memory.close();
        sending = null;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean interim = false;
        if (message instanceof HttpResponse head) {
            interim = head.status().code() < 200;
            last |= !interim && head.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        }
        ctx.write(message, promise);
        if (message instanceof LastHttpContent && !interim) {
            answered = true;
            answeredAt = requestComplete ? 0 : System.nanoTime();
            done();
        }
    }

    private void done() {
        if (!busy || !requestComplete || !answered) {
            return;
        }
        // Answered before it was told that its turn has come: nothing is read since it waits.
        boolean waited = turnRefused != null;
        busy = false;
        answeredAt = 0;
        ahead = 0;
        turnRefused = null;
        memory.give(memory.held() - outHeld);
        watch.idle(this);
        if (last) {
            // Vert.x ends a connection where the request wants it, and not where the answer says so.
            channel.eventLoop().execute(this::closeBehindAnswer);
            return;
        }
        sentAhead = held;
        if (held || waited) {
            held = false;
            channel.eventLoop().execute(this::proceed);
        }
    }

    private void closeBehindAnswer() {
        ChannelHandlerContext decoder = channel.pipeline().context(RequestDecoder.class);
        if (decoder != null) {
            decoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void proceed() {
        ChannelHandlerContext decoder = channel.pipeline().context(RequestDecoder.class);
        if (decoder == null || !channel.isActive()) {
            return;
        }
        channel.config().setAutoRead(true);
        try {
            ((RequestDecoder) decoder.handler()).proceed(decoder);
        } catch (Exception broken) {
            decoder.fireExceptionCaught(broken);
        }
    }
}
