package dev.patchbay.internal.http;

import dev.patchbay.spi.ProviderException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Decodes what a server compressed, although it was not asked to. */
final class ContentDecoding {

    private static final int GZIP_BUFFER = 512;

    private ContentDecoding() {}

    /** The body as it was before the encodings that its headers name; unreadable if these are not known. */
    static InputStream of(List<String> contentEncodings, List<String> transferEncodings, InputStream body) {
        try {
            ContentCoding coding = ContentCoding.of(contentEncodings, transferEncodings);
            return coding == ContentCoding.IDENTITY ? body : new Decoded(body, coding);
        } catch (ProviderException unknown) {
            return new Unreadable(body, unknown);
        }
    }

    /** Opens the decoder at the first read, since that waits for the first bytes. */
    private static final class Decoded extends InputStream {

        private final InputStream encoded;
        private final ContentCoding coding;
        private @Nullable InputStream decoder;

        Decoded(InputStream encoded, ContentCoding coding) {
            this.encoded = encoded;
            this.coding = coding;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                InputStream opened = decoder;
                if (opened == null) {
                    opened = open();
                    decoder = opened;
                }
                return opened.read(target, offset, length);
            } catch (ZipException wrong) {
                throw new UnreadableBodyException(coding.notAsItSays());
            } catch (EOFException early) {
                throw new UnreadableBodyException(coding.cut());
            }
        }

        /** From any thread: the decoder itself is not touched, it may be in use. */
        @Override
        public void close() throws IOException {
            encoded.close();
        }

        private InputStream open() throws IOException {
            if (coding == ContentCoding.GZIP) {
                return new GzipStream(encoded, GZIP_BUFFER);
            }
            BufferedInputStream body = new BufferedInputStream(encoded);
            body.mark(2);
            int first = body.read();
            int second = body.read();
            body.reset();
            return new InflaterInputStream(body, new Inflater(!isZlib(first, second)));
        }

        /** RFC 1950, section 2.2. */
        private static boolean isZlib(int first, int second) {
            return (first & 0x0f) == 8 && ((first << 8) | second) % 31 == 0;
        }
    }

    private static final class Unreadable extends FilterInputStream {

        private final ProviderException why;

        Unreadable(InputStream body, ProviderException why) {
            super(body);
            this.why = why;
        }

        @Override
        public int read() throws IOException {
            throw new UnreadableBodyException(why);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw new UnreadableBodyException(why);
        }
    }
}
