package dev.patchbay.gateway;

import java.util.Arrays;

/** Finds thinking blocks without a signature while a document is read. */
final class ThinkingTrace {

    private static final byte THINKING = 1;
    private static final byte SIGNED = 2;

    private byte[] open = new byte[32];
    private int depth;
    private boolean unsigned;

    void begin() {
        depth++;
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
        }
        open[depth] = 0;
    }

    void end() {
        unsigned |= open[depth] == THINKING;
        depth--;
    }

    void type(String type) {
        if (type.equals("thinking")) {
            open[depth] |= THINKING;
        }
    }

    void signature(String signature) {
        if (!signature.isBlank()) {
            open[depth] |= SIGNED;
        }
    }

    boolean foundUnsigned() {
        return unsigned;
    }
}
