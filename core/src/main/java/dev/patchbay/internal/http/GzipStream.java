package dev.patchbay.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Unpacks gzip, whatever was packed: the JDK's stream calls itself for each member, so that many empty ones take all of the stack. */
public final class GzipStream extends GZIPInputStream {

    /** Some writers begin a member for each of their flushes, few of which are empty. */
    private static final int MOST_EMPTY_MEMBERS = 100;

    private int members;

    /** @param size of the buffer, in bytes */
    public GzipStream(InputStream packed, int size) throws IOException {
        super(packed, size);
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
}
