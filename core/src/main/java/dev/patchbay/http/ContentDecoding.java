package dev.patchbay.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes what a server compressed, although it was not asked to. */
final class ContentDecoding {

    private ContentDecoding() {}

    /** The body as it was before the encoding that {@code content-encoding} names. */
    static InputStream of(String encoding, InputStream body) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> new Lazy(body, GZIPInputStream::new);
            case "deflate" -> new Lazy(body, InflaterInputStream::new);
            default ->
                new Lazy(body, unread -> {
                    throw new IOException("the answer is compressed in a way that was not asked for");
                });
        };
    }

    private interface Decoder {
        InputStream open(InputStream encoded) throws IOException;
    }

    /** Opens the decoder at the first read, since that waits for the first bytes. */
    private static final class Lazy extends InputStream {

        private final InputStream encoded;
        private final Decoder decoder;
        private @Nullable InputStream decoded;

        Lazy(InputStream encoded, Decoder decoder) {
            this.encoded = encoded;
            this.decoder = decoder;
        }

        @Override
        public int read() throws IOException {
            return decoded().read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return decoded().read(target, offset, length);
        }

        /** From any thread: the decoder itself is not touched, it may be in use. */
        @Override
        public void close() throws IOException {
            encoded.close();
        }

        private InputStream decoded() throws IOException {
            InputStream opened = decoded;
            if (opened == null) {
                opened = decoder.open(encoded);
                decoded = opened;
            }
            return opened;
        }
    }
}
