package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.internal.http.ContentCoding;
import dev.patchbay.spi.ProviderException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import java.io.ByteArrayOutputStream;

/** Decompresses one body, a slice at a time. Used by one thread at a time. */
public final class Unzip {

    /**
     * Bytes that are decoded at once. Deflate makes a thousand bytes of one at most, so what comes of a slice is bounded,
     * whoever packed it.
     */
    static final int SLICE = 256;

    private static final int MOST_OF_SLICE = 1 << 20;

    private final ContentCoding coding;
    private final JdkZlibDecoder decoder;
    private final EmbeddedChannel channel;

    /** @param coding not {@code IDENTITY} */
    Unzip(ContentCoding coding) {
        this.coding = coding;
        ZlibWrapper wrapper = coding == ContentCoding.GZIP ? ZlibWrapper.GZIP : ZlibWrapper.ZLIB_OR_NONE;
        this.decoder = new JdkZlibDecoder(wrapper, false, MOST_OF_SLICE);
        this.channel = new EmbeddedChannel(decoder);
    }

    /** A whole body, up to a length; as far as it can be decoded. */
    public static byte[] whole(ContentCoding coding, byte[] body, int most) {
        if (coding == ContentCoding.IDENTITY) {
            return body;
        }
        Unzip unzip = new Unzip(coding);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try {
            for (int at = 0; at < body.length && whole.size() < most; at += SLICE) {
                unzip.decode(body, at, Math.min(SLICE, body.length - at), whole);
            }
        } catch (ProviderException broken) {
            return whole.toByteArray();
        } finally {
            unzip.close();
        }
        return whole.toByteArray();
    }

    /**
     * Decodes what can be decoded of a slice.
     *
     * @param length not more than {@link #SLICE}
     * @throws ProviderException if it is not compressed as it says
     */
    void decode(byte[] bytes, int offset, int length, ByteArrayOutputStream target) {
        try {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, offset, length));
        } catch (DecompressionException broken) {
            throw coding.notAsItSays();
        }
        for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
            byte[] decoded = new byte[piece.readableBytes()];
            piece.readBytes(decoded);
            piece.release();
            target.writeBytes(decoded);
        }
    }

    /**
     * Takes the end of the body.
     *
     * @throws ProviderException if some of it is missing
     */
    void end() {
        if (!decoder.isClosed()) {
            throw coding.cut();
        }
    }

    void close() {
        try {
            channel.finishAndReleaseAll();
        } catch (DecompressionException broken) {
            // It has been told already.
            channel.releaseInbound();
        }
    }
}
