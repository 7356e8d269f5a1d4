package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends one answer over HTTP, disturbed as its {@link Delivery} says. */
final class ResponseWriter implements Sink {

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);

    private final Exchange exchange;
    private final Delivery delivery;
    private final boolean chunked;
    private int sent;

    private ResponseWriter(Exchange exchange, Delivery delivery, boolean chunked) {
        this.exchange = exchange;
        this.delivery = delivery;
        this.chunked = chunked;
    }

    /**
     * Sends head and body.
     *
     * @throws IOException if the connection ended, planned or not
     */
    static void send(Exchange exchange, FakeResponseHead head, boolean chunked, Delivery delivery, Sink.Body body)
            throws IOException {
        if (delivery.headGate() != null) {
            exchange.hold(delivery.headGate());
        }
        ResponseWriter writer = new ResponseWriter(exchange, delivery, chunked);
        Sink.Body encoded = delivery.gzip() ? sink -> GzipSink.compress(body, sink) : body;
        List<String> framing = new ArrayList<>();
        if (delivery.gzip()) {
            framing.add("Content-Encoding: gzip");
        }
        if (writer.clientWantsClose()) {
            framing.add("Connection: close");
        }
        if (chunked) {
            framing.add("Transfer-Encoding: chunked");
            exchange.write(head.bytes(framing.toArray(String[]::new)));
            encoded.writeTo(writer);
        } else {
            List<byte[]> pieces = new ArrayList<>();
            encoded.writeTo(pieces::add);
            framing.add("Content-Length: "
                    + pieces.stream().mapToLong(piece -> piece.length).sum());
            exchange.write(head.bytes(framing.toArray(String[]::new)));
            for (byte[] piece : pieces) {
                writer.piece(piece);
            }
        }
        writer.finish();
    }

    @Override
    public void piece(byte[] bytes) throws IOException {
        for (Delivery.Hold hold : delivery.holds()) {
            if (hold.place().isBefore(sent, bytes)) {
                exchange.hold(hold.gate());
            }
        }
        if (breaks() && delivery.endingAt().isBefore(sent, bytes)) {
            if (delivery.ending() == Delivery.Ending.HALF_PIECE) {
                write(Arrays.copyOf(bytes, bytes.length / 2));
            }
            breakOff();
        }
        int step = delivery.fragment() == 0 ? bytes.length : delivery.fragment();
        for (int from = 0; from < bytes.length; from += step) {
            write(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + step)));
        }
        sent++;
    }

    private void finish() throws IOException {
        for (Delivery.Hold hold : delivery.holds()) {
            if (hold.place().isAtEnd(sent)) {
                exchange.hold(hold.gate());
            }
        }
        if (breaks() && delivery.endingAt().isAtEnd(sent)) {
            breakOff();
        }
        if (chunked) {
            exchange.write(LAST_CHUNK);
        }
        if (delivery.closing() || clientWantsClose()) {
            exchange.close();
        }
    }

    private boolean clientWantsClose() {
        return exchange.request()
                .header("Connection")
                .filter("close"::equalsIgnoreCase)
                .isPresent();
    }

    private boolean breaks() {
        return delivery.ending() != Delivery.Ending.REGULAR;
    }

    private void breakOff() throws IOException {
        if (delivery.ending() == Delivery.Ending.RESET) {
            exchange.reset();
        } else {
            exchange.close();
        }
        throw new IOException("broken off as planned");
    }

    /** A chunk goes out in one write, or the client could see its size line alone. */
    private void write(byte[] bytes) throws IOException {
        if (!chunked || bytes.length == 0) {
            exchange.write(bytes); // an empty chunk would be the last one
            return;
        }
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(bytes.length + 16);
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII));
        chunk.writeBytes(bytes);
        chunk.writeBytes(new byte[] {'\r', '\n'});
        exchange.write(chunk.toByteArray());
    }
}
