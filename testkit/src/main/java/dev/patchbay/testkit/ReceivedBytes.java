package dev.patchbay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Keeps every byte that a connection brings, readable or not. */
final class ReceivedBytes extends FilterInputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ReceivedBytes(InputStream in) {
        super(in);
    }

    /** A copy of everything so far. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            bytes.write(b);
        }
        return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0) {
            bytes.write(target, offset, count);
        }
        return count;
    }
}
