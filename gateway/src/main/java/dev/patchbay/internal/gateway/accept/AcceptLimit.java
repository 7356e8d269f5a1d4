package dev.patchbay.internal.gateway.accept;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts no more connections than there is room for until some of them are closed: the system has a queue for the others. Event loops
 * that have something else to do hear of new ones late, and then all files of the process would be taken. One for each port; used on
 * the thread that accepts, but for what is said otherwise.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection is told of by its closing.
final class AcceptLimit extends ChannelInboundHandlerAdapter {

    /** Beyond the limit of connections, so that the oldest can make room for the newest. */
    private static final int MORE = 16;

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean full;

    AcceptLimit(int connections) {
        this.most = connections + MORE;
    }

    @Override
    public void channelRead(ChannelHandlerContext next, Object message) {
        if (message instanceof Channel connection) {
            connection.closeFuture().addListener(ignored -> closed(next));
            if (open.incrementAndGet() >= most) {
                full = true;
                next.channel().config().setAutoRead(false);
                proceed(next);
            }
        }
        next.fireChannelRead(message);
    }

    /** On any thread. */
    private void closed(ChannelHandlerContext next) {
        open.decrementAndGet();
        if (full) {
            next.executor().execute(() -> proceed(next));
        }
    }

    private void proceed(ChannelHandlerContext next) {
        if (full && open.get() < most) {
            full = false;
            next.channel().config().setAutoRead(true);
        }
    }
}
