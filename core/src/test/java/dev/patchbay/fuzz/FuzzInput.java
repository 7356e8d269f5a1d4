package dev.patchbay.fuzz;

import java.util.Arrays;

/** An input: one byte of choices, one byte of size, and then what comes over the wire or is in the file. */
record FuzzInput(int choices, int pieceSize, byte[] content) {

    private static final int HEADER = 2;

    static FuzzInput of(byte[] data) {
        int choices = data.length > 0 ? data[0] & 0xff : 0;
        int pieceSize = data.length > 1 ? 1 + (data[1] & 0xff) : 1;
        byte[] content = data.length > HEADER ? Arrays.copyOfRange(data, HEADER, data.length) : new byte[0];
        return new FuzzInput(choices, pieceSize, content);
    }

    /** The bytes of an input with this content; the choices follow from the content, so that seeds have various ones. */
    static byte[] bytes(byte[] content) {
        int hash = Arrays.hashCode(content);
        return bytes((byte) hash, (byte) (hash >> 8), content);
    }

    static byte[] bytes(byte choices, byte size, byte[] content) {
        byte[] data = new byte[HEADER + content.length];
        data[0] = choices;
        data[1] = size;
        System.arraycopy(content, 0, data, HEADER, content.length);
        return data;
    }

    boolean choice(int bit) {
        return (choices >> bit & 1) == 1;
    }
}
