package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.internal.gateway.ConnectionHeader;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pieces of an answer's body between the codec and Vert.x, whose queues cost more than all that is done with a short
 * piece. Head and end go their usual way, so Vert.x knows whose connection it is. One for each connection to an upstream, used
 * on its event loop; what it serves is named by who takes the pieces, since the next exchange may have begun on the connection.
 */
final class BodyTap extends ChannelInboundHandlerAdapter {

    /** What reads for Vert.x, in the pipeline of each of its connections. */
    private static final String READER = "handler";

    /** Bytes of one without headers. */
    private static final int LEAST_HEAD = 20;

    private final Channel channel;
    private final ReadQuota quota;
    private @Nullable Handler<Buffer> taker;
    private @Nullable ContextInternal context;
    private @Nullable Handler<Void> afterRead;
    private boolean behindHead;
    private boolean interim;
    private int announced;
    private boolean reading;

    private BodyTap(Channel channel) {
        this.channel = channel;
        this.quota = ReadQuota.on(channel);
    }

    /** The tap of a connection to an upstream, which is set the first time; null where Vert.x hides the channel. */
    static @Nullable BodyTap of(HttpConnection connection) {
        return connection instanceof ConnectionBase open ? of(open.channel()) : null;
    }

    private static BodyTap of(Channel channel) {
        BodyTap known = channel.pipeline().get(BodyTap.class);
        if (known != null) {
            return known;
        }
        BodyTap tap = new BodyTap(channel);
        channel.pipeline().addBefore(READER, "body-tap", tap);
        return tap;
    }

    /**
     * Takes the body of the answer whose head has just come. Where some of it went to Vert.x already, all of it does. The last
     * piece may come from Vert.x, with the end.
     */
    void open(Handler<Buffer> pieces) {
        if (behindHead) {
            taker = pieces;
            context = ContextInternal.current();
        }
    }

    /** Reads no more for the time being, or again; without effect behind the end of the body. */
    void hold(Handler<Buffer> holder, boolean on) {
        if (holder.equals(taker)) {
            channel.config().setAutoRead(!on);
        }
    }

    /**
     * Runs a task when all that arrived together was taken.
     *
     * @return whether it will; not if nothing is being read, or another task is to run then
     */
    boolean afterRead(Handler<Buffer> holder, Handler<Void> task) {
        if (!reading || !holder.equals(taker) || afterRead != null) {
            return false;
        }
        afterRead = task;
        return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext next, Object message) {
        reading = true;
        quota.piece();
        if (message instanceof HttpResponse head) {
            interim = isInterim(head.status());
            ConnectionHeader.state(head);
            if (announcesTooMuch(head)) {
                // Vert.x tells it to the exchange, and closes the connection.
                next.fireExceptionCaught(new OnlyAnnouncedException());
            }
        }
        if (interim) {
            ReferenceCountUtil.release(message);
        } else {
            pass(next, message);
        }
    }

    /**
     * Whether the answer itself comes behind it (RFC 9110, section 15.2). Vert.x takes those that it does not know for the answer, and
     * what comes behind for that of the next request.
     */
    private static boolean isInterim(HttpResponseStatus status) {
        return status.codeClass() == HttpStatusClass.INFORMATIONAL
                && status.code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }

    /** Whether it is the one too many: nobody hears of those before the answer, and who waits for that would do so in vain. */
    private boolean announcesTooMuch(HttpResponse head) {
        if (!interim) {
            announced = 0;
            return false;
        }
        int before = announced;
        announced += LEAST_HEAD;
        for (Map.Entry<String, String> header : head.headers()) {
            announced += header.getKey().length() + header.getValue().length();
        }
        return before <= UpstreamPool.LONGEST_HEADERS && announced > UpstreamPool.LONGEST_HEADERS;
    }

    private void pass(ChannelHandlerContext next, Object message) {
        if (message instanceof LastHttpContent) {
            close();
        } else if (message instanceof HttpContent piece && piece.decoderResult().isSuccess()) {
            if (taker != null && context != null) {
                context.dispatch(BufferInternal.safeBuffer(piece.content()), taker);
                return;
            }
            behindHead = false;
        } else {
            behindHead = message instanceof HttpResponse;
        }
        next.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext next) {
        reading = false;
        ContextInternal served = context;
        if (taker == null) {
            // A context knows the request that it serves, with its body; the connection waits in its pool much longer.
            context = null;
        }
        if (afterRead != null && served != null) {
            Handler<Void> task = afterRead;
            afterRead = null;
            served.dispatch(task);
        }
        next.fireChannelReadComplete();
    }

    /** The connection is free for another exchange before this one's reader may have heard of the end. */
    private void close() {
        behindHead = false;
        if (taker != null) {
            hold(taker, false);
            taker = null;
        }
    }

    /** As many headers as an answer may have, and no answer: of those that only announce one (100 to 199). */
    static final class OnlyAnnouncedException extends TooLongFrameException {

        private static final long serialVersionUID = 1L;
    }
}
