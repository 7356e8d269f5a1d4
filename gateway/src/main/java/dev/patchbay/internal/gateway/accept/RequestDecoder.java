package dev.patchbay.internal.gateway.accept;

import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.ConnectionHeader;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Reads the requests of one connection, one after the other: what a client sends ahead stays unread until the request before it
 * was answered, so that nobody holds thousands of them. Limits the lines of a head, and what all heads hold together. Used on
 * one event loop.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // It has no trace, and says the same for every request.
final class RequestDecoder extends VertxHttpRequestDecoder {

    private static final ProviderException UNKNOWN_VERSION = ProviderException.builder(
                    Kind.INVALID_REQUEST, "the gateway speaks HTTP/1.1 and HTTP/1.0")
            .status(505)
            .build();

    private static final ProviderException UNKNOWN_CODING = ProviderException.builder(
                    Kind.INVALID_REQUEST, "the gateway knows no transfer-encoding but chunked")
            .status(501)
            .build();

    /** Chunks of a body that may be tiny. */
    private static final int TINY_CHUNKS = 1_000;

    /** Bytes of a chunk on the average from then on: each takes as long as some hundred bytes of a larger one. */
    private static final int LEAST_CHUNK = 16;

    private final ClientConnection client;
    private final int mostLines;
    private boolean inHead = true;
    private boolean refused;
    private int lines;
    private boolean chunked;
    private int chunks;
    private long chunkBytes;
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;

    /** @param mostLines of a head, and of the trailer behind a chunked body */
    RequestDecoder(HttpServerOptions options, ClientConnection client, int mostLines) {
        super(options);
        this.client = client;
        this.mostLines = mostLines;
    }

    /** Reads on where it stopped, since the request before was answered. */
    void proceed(ChannelHandlerContext ctx) throws Exception {
        channelRead(ctx, Unpooled.EMPTY_BUFFER);
        channelReadComplete(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        client.read();
        super.channelRead(ctx, message);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!inHead) {
            if (client.mayReadBody(in.readableBytes())) {
                read(ctx, in, out);
            }
            return;
        }
        if (!client.mayBegin(in.readableBytes())) {
            return;
        }
        if (lines > 0 && isFold(in)) {
            refuse(in, out, new IllegalArgumentException("a header line goes on in the next"));
            return;
        }
        int before = in.readableBytes();
        read(ctx, in, out);
        int taken = before - in.readableBytes();
        if (!out.isEmpty()) {
            if (!refused && !client.headTook(taken)) {
                refused = true;
                out.clear();
                out.add(bad(BufferBudget.exhausted()));
            }
            return;
        }
        // A line is read when it is whole: until then its bytes wait in the buffer.
        if (!client.headGrew(taken, in.readableBytes())) {
            refuse(in, out, BufferBudget.exhausted());
        }
    }

    /** Called for each line of a head or a trailer. */
    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        if (client == null) {
            // While it is made: names are asked for that clients often send.
            return super.splitHeaderName(line, start, length);
        }
        if (length == 0) {
            throw new IllegalArgumentException("a header has no name");
        }
        lines++;
        if (lines > mostLines) {
            throw new TooLongHttpHeaderException("the head has more than " + mostLines + " lines");
        }
        // Obsolete (RFC 9112, section 5.2), and each such line copies all those before it.
        if (isFold(unread)) {
            throw new IllegalArgumentException("a header line goes on in the next");
        }
        return super.splitHeaderName(line, start, length);
    }

    private void read(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int from = out.size();
        unread = in;
        super.decode(ctx, in, out);
        unread = Unpooled.EMPTY_BUFFER;
        for (int i = from; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest head) {
                begun(head, i, out);
            } else if (out.get(i) instanceof HttpContent piece
                    && !piece.decoderResult().isSuccess()) {
                refused = true;
                out.remove(i);
                client.bodyBroken("the body of the request is not framed as HTTP has it");
                return;
            } else if (out.get(i) instanceof HttpContent chunk && isOneTooTiny(chunk)) {
                refused = true;
                ReferenceCountUtil.release(out.remove(i));
                client.bodyBroken("the body of the request comes in too many tiny chunks");
                return;
            } else if (out.get(i) instanceof LastHttpContent) {
                inHead = true;
                lines = 0;
                client.requestComplete();
            }
        }
    }

    private boolean isOneTooTiny(HttpContent chunk) {
        chunks++;
        chunkBytes += chunk.content().readableBytes();
        return chunked && chunks > TINY_CHUNKS && chunkBytes < (long) chunks * LEAST_CHUNK;
    }

    private void begun(HttpRequest head, int index, List<Object> out) {
        inHead = false;
        lines = 0;
        chunked = HttpUtil.isTransferEncodingChunked(head);
        chunks = 0;
        chunkBytes = 0;
        client.headComplete();
        ConnectionHeader.state(head);
        refused = !head.decoderResult().isSuccess();
        String coding = head.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
        if (!refused && coding != null && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)) {
            refused = true;
            out.set(index, bad(UNKNOWN_CODING));
            return;
        }
        HttpVersion version = head.protocolVersion();
        if (version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0)) {
            return;
        }
        // The answer's first line has the version of the request.
        head.setProtocolVersion(HttpVersion.HTTP_1_1);
        if (!refused) {
            refused = true;
            out.set(index, bad(UNKNOWN_VERSION));
        }
    }

    private void refuse(ByteBuf in, List<Object> out, Throwable why) {
        refused = true;
        in.skipBytes(in.readableBytes());
        client.headComplete();
        out.add(bad(why));
    }

    /** Refuses a head whose rest did not come in time; what still comes is thrown away. */
    void late(ChannelHandlerContext ctx) {
        refused = true;
        client.headComplete();
        ctx.fireChannelRead(
                bad(ProviderException.builder(Kind.INVALID_REQUEST, "the head of the request did not come in time")
                        .status(408)
                        .build()));
        ctx.fireChannelReadComplete();
    }

    private static HttpRequest bad(Throwable why) {
        HttpRequest bad = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        bad.setDecoderResult(DecoderResult.failure(why));
        return bad;
    }

    private static boolean isFold(ByteBuf buffer) {
        if (!buffer.isReadable()) {
            return false;
        }
        byte first = buffer.getByte(buffer.readerIndex());
        return first == ' ' || first == '\t';
    }
}
