package dev.patchbay.internal.gateway.answer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.VertxConnection;
import org.jspecify.annotations.Nullable;

/**
 * Sends pieces of a chunked body (RFC 9112, section 7.1) past Vert.x and the encoder, which make three buffers and two promises
 * of each. To be used only between a head that was sent and the end, which go their usual way. Used on one event loop.
 */
final class DirectChunks {

    private static final int CR_LF = '\r' << 8 | '\n';
    private static final int FRAME = 2 * Integer.BYTES + 2 * Short.BYTES;

    private final ChannelHandlerContext encoder;
    private final ChannelPromise unheard;

    private DirectChunks(VertxConnection client) {
        this.encoder = client.channel().pipeline().context(HttpResponseEncoder.class);
        this.unheard = client.voidPromise;
    }

    /** Null where it cannot be done on the connection of a client. */
    static @Nullable DirectChunks on(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1 && request.connection() instanceof VertxConnection client
                ? new DirectChunks(client)
                : null;
    }

    /**
     * Sends a piece, which must not be empty: that would be the end.
     *
     * @return whether the connection takes more now
     */
    boolean send(Buffer piece) {
        ByteBuf bytes = ((BufferInternal) piece).getByteBuf();
        int length = bytes.readableBytes();
        ByteBuf chunk = encoder.alloc().directBuffer(length + FRAME);
        ByteBufUtil.writeAscii(chunk, Integer.toHexString(length));
        ByteBufUtil.writeShortBE(chunk, CR_LF);
        chunk.writeBytes(bytes, bytes.readerIndex(), length);
        ByteBufUtil.writeShortBE(chunk, CR_LF);
        return encoder.writeAndFlush(chunk, unheard).channel().isWritable();
    }

    /** Tells when all that was sent has left, or never will. */
    void whenSent(Runnable told) {
        encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> told.run());
    }
}
