package dev.patchbay.internal.gateway.accept;

import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.http.GzipStream;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.InflaterInputStream;

/** The body of a request that came compressed ({@code Content-Encoding}, RFC 9110, section 8.4). Not for an event loop. */
public final class CompressedBody {

    private static final int PIECE = 64 * 1024;

    private final String encoding;

    private CompressedBody(String encoding) {
        this.encoding = encoding;
    }

    /** Whether a body has to be unpacked. */
    public static boolean isOne(String encoding) {
        return !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
    }

    /**
     * Unpacks a body.
     *
     * @param most bytes it may be then
     * @param memory takes in what comes out
     * @throws ProviderException with status 400, 413, 415 or 503
     */
    public static byte[] unpack(String encoding, byte[] body, int most, BufferBudget.Reservation memory) {
        return new CompressedBody(encoding.strip().toLowerCase(Locale.ROOT)).unpack(body, most, memory);
    }

    private byte[] unpack(byte[] body, int most, BufferBudget.Reservation memory) {
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        try (InputStream in = open(body)) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                if (unpacked.size() + count > most) {
                    throw refused(413, "the request is larger than " + most + " bytes, which is the gateway's limit");
                }
                // For the array that grows, and for the copy at its end.
                memory.take(3L * count);
                unpacked.write(piece, 0, count);
            }
        } catch (IOException broken) {
            throw refused(400, "the request's body is not " + encoding + ", as its content-encoding says");
        }
        byte[] whole = unpacked.toByteArray();
        memory.give(2L * whole.length);
        return whole;
    }

    private InputStream open(byte[] body) throws IOException {
        ByteArrayInputStream packed = new ByteArrayInputStream(body);
        return switch (encoding) {
            case "gzip", "x-gzip" -> new GzipStream(packed, PIECE);
            case "deflate" -> new InflaterInputStream(packed);
            default ->
                throw refused(415, "the gateway reads request bodies that are gzip, deflate or not compressed at all");
        };
    }

    private static ProviderException refused(int status, String message) {
        return ProviderException.builder(Kind.INVALID_REQUEST, message)
                .status(status)
                .build();
    }
}
