package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.internal.http.ContentCoding;
import dev.patchbay.spi.ProviderException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Decompresses one body, a slice at a time. Used by one thread at a time. */
public final class Unzip {

    /**
     * Bytes that are decoded at once. Deflate makes a thousand bytes of one at most, so what comes of a slice is bounded,
     * whoever packed it.
     */
    static final int SLICE = 256;

    private static final int MOST_OF_SLICE = 1 << 20;

    /** Some writers begin a member of gzip for each of their flushes, few of which are empty. */
    private static final int MOST_EMPTY_MEMBERS = 100;

    /** The first byte of a member; what else stands behind one is none, such as zeros that fill up a block. */
    private static final byte MEMBER = 0x1f;

    private final ContentCoding coding;
    private Member member;
    private int emptyMembers;

    /** @param coding not {@code IDENTITY} */
    Unzip(ContentCoding coding) {
        this.coding = coding;
        this.member = new Member(coding);
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
        ByteBuf more = Unpooled.copiedBuffer(bytes, offset, length);
        while (more.isReadable()) {
            if (member.isClosed() && !beginsNext(more)) {
                more.release();
                return;
            }
            more = decode(more, target);
        }
        more.release();
    }

    /** Whether what stands behind the end of a member is the next one (RFC 1952, section 2.2). */
    private boolean beginsNext(ByteBuf more) {
        if (coding != ContentCoding.GZIP || member.behind || more.getByte(more.readerIndex()) != MEMBER) {
            member.behind = true;
            return false;
        }
        emptyMembers = member.empty ? emptyMembers + 1 : 0;
        if (emptyMembers > MOST_EMPTY_MEMBERS) {
            more.release();
            throw coding.notAsItSays();
        }
        close();
        member = new Member(coding);
        return true;
    }

    /** Gives what stands behind the end of the member. */
    private ByteBuf decode(ByteBuf more, ByteArrayOutputStream target) {
        try {
            member.channel.writeInbound(more);
        } catch (DecompressionException broken) {
            throw coding.notAsItSays();
        }
        for (ByteBuf piece = member.channel.readInbound(); piece != null; piece = member.channel.readInbound()) {
            byte[] decoded = new byte[piece.readableBytes()];
            piece.readBytes(decoded);
            piece.release();
            target.writeBytes(decoded);
            member.empty &= decoded.length == 0;
        }
        return member.takeRest();
    }

    /**
     * Takes the end of the body.
     *
     * @throws ProviderException if some of it is missing
     */
    void end() {
        if (!member.isClosed()) {
            throw coding.cut();
        }
    }

    void close() {
        try {
            member.channel.finishAndReleaseAll();
        } catch (DecompressionException broken) {
            // It has been told already.
            member.channel.releaseInbound();
        }
    }

    /** One member of gzip, or all of another coding; keeps what follows, which Netty would pass over. */
    private static final class Member extends JdkZlibDecoder {

        private final EmbeddedChannel channel;
        private ByteBuf rest = Unpooled.EMPTY_BUFFER;
        private boolean empty = true;

        /** Whether something else than a member follows. */
        private boolean behind;

        Member(ContentCoding coding) {
            super(coding == ContentCoding.GZIP ? ZlibWrapper.GZIP : ZlibWrapper.ZLIB_OR_NONE, false, MOST_OF_SLICE);
            channel = new EmbeddedChannel(this);
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
            if (isClosed()) {
                rest = in.readBytes(in.readableBytes());
            } else {
                super.decode(ctx, in, out);
            }
        }

        ByteBuf takeRest() {
            ByteBuf taken = rest;
            rest = Unpooled.EMPTY_BUFFER;
            return taken;
        }
    }
}
