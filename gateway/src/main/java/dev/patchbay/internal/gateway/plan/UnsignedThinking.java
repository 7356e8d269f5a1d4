package dev.patchbay.internal.gateway.plan;

import dev.patchbay.codec.ThinkingProof;
import java.util.Arrays;

/** Finds thinking blocks that Anthropic did not sign while a document is read. */
final class UnsignedThinking {

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
        if (!signature.isBlank() && !ThinkingProof.isSealed(signature)) {
            open[depth] |= SIGNED;
        }
    }

    boolean foundUnsigned() {
        return unsigned;
    }
}
