package dev.patchbay.cli.siege;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Many connections of one kind, each of which sends as much as it is let, and never what is due. */
final class Besieger implements Attack {

    /** What such a client does. */
    enum Kind {
        /** 63 KB of header lines as short as they can be, without an end. */
        SHORT_LINES,
        /** 63 KB of one header line, without an end. */
        LONG_LINE,
        /** A body of a megabyte, all but the end. */
        BODY,
        /** A stream is asked for and never read. */
        STALLED_READ,
        /** Requests one behind the other, whose answers are never read. */
        PIPELINE,
        /** A byte of a head now and then. */
        DRIP,
        /** Nothing. */
        IDLE
    }

    private static final String POST =
            " /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

    private final Kind kind;
    private final int port;
    private final byte[] message;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<Integer> sent = new ArrayList<>();

    Besieger(Kind kind, int port, String token) {
        this.kind = kind;
        this.port = port;
        this.message = message(kind, "x-api-key: " + token + "\r\n").getBytes(ISO_8859_1);
    }

    private static String message(Kind kind, String key) {
        return switch (kind) {
            case SHORT_LINES -> "POST" + POST + "a:b\r\n".repeat(12_600);
            case LONG_LINE -> "POST" + POST + "x: " + "x".repeat(63_000);
            case BODY -> "POST" + POST + key + "Content-Length: 1000000\r\n\r\n" + "x".repeat(999_000);
            case STALLED_READ -> request("huge/huge", key);
            case PIPELINE ->
                (request("small/small", key) + "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n" + key + "\r\n")
                        .repeat(20);
            case DRIP -> "POST" + POST + "x: " + "x".repeat(10_000);
            case IDLE -> "";
        };
    }

    private static String request(String model, String key) {
        String body =
                "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        return "POST" + POST + key + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Opens so many. */
    void begin(int number) throws IOException {
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, 4096);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            channels.add(channel);
            sent.add(0);
        }
    }

    /** Sends what the sockets take; who was thrown out stays out. */
    @Override
    public void goOn() {
        for (int i = 0; i < channels.size(); i++) {
            int from = sent.get(i);
            int length = Math.min(message.length - from, kind == Kind.DRIP ? 1 : message.length);
            if (length == 0 || !channels.get(i).isOpen()) {
                continue;
            }
            try {
                sent.set(i, from + channels.get(i).write(ByteBuffer.wrap(message, from, length)));
            } catch (IOException thrownOut) {
                close(channels.get(i));
            }
        }
    }

    @Override
    public void close() {
        channels.forEach(Besieger::close);
    }

    @Override
    public String toString() {
        return channels.size() + " of " + kind;
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // It is of no use either way.
        }
    }
}
