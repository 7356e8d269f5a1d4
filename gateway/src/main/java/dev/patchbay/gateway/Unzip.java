package dev.patchbay.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Optional;

/** Decodes what an upstream compressed, although it was not asked to; piece by piece. */
final class Unzip {

    private static final int MOST_AT_ONCE = 64 << 20;

    private final EmbeddedChannel channel;

    private Unzip(ZlibWrapper wrapper) {
        this.channel = new EmbeddedChannel(ZlibCodecFactory.newZlibDecoder(wrapper, MOST_AT_ONCE));
    }

    /** A decoder for an answer; empty if it is not compressed, or in a way that is not known here. */
    static Optional<Unzip> of(MultiMap headers) {
        String encoding = Optional.ofNullable(headers.get("content-encoding")).orElse("");
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> Optional.of(new Unzip(ZlibWrapper.GZIP));
            case "deflate" -> Optional.of(new Unzip(ZlibWrapper.ZLIB_OR_NONE));
            default -> Optional.empty();
        };
    }

    /** A whole body; as it is where it cannot be decoded. */
    static byte[] whole(MultiMap headers, byte[] body) {
        Optional<Unzip> unzip = of(headers);
        if (unzip.isEmpty()) {
            return body;
        }
        try {
            return unzip.get().decode(body);
        } catch (DecompressionException notCompressed) {
            return body;
        } finally {
            unzip.get().close();
        }
    }

    /**
     * What can be decoded so far.
     *
     * @throws DecompressionException if it is not compressed as it says
     */
    byte[] decode(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        ByteBuf decoded = Unpooled.buffer();
        for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
            decoded.writeBytes(piece);
            piece.release();
        }
        return ByteBufUtil.getBytes(decoded);
    }

    void close() {
        channel.finishAndReleaseAll();
    }
}
