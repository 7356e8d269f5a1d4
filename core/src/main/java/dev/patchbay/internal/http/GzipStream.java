package dev.patchbay.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip, whatever was packed and however it comes. The JDK's stream calls itself for each member, so that many empty ones take
 * all of the stack, and takes a member for the last one where nothing more has come yet.
 */
public final class GzipStream extends GZIPInputStream {

    /** Some writers begin a member for each of their flushes, few of which are empty. */
    private static final int MOST_EMPTY_MEMBERS = 100;

    private int members;

    /** @param size of the buffer, in bytes */
    public GzipStream(InputStream packed, int size) throws IOException {
        super(new Awaited(packed), size);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (members > MOST_EMPTY_MEMBERS) {
            throw new ZipException("too many empty members");
        }
        members++;
        try {
            return super.read(target, offset, length);
        } finally {
            members--;
        }
    }

    /** Says that more may come, so that whoever asks waits for it. */
    private static final class Awaited extends FilterInputStream {

        Awaited(InputStream packed) {
            super(packed);
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
