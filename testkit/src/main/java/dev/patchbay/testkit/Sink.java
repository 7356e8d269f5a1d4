package dev.patchbay.testkit;

import java.io.IOException;

/** Takes a body piece by piece. */
@FunctionalInterface
interface Sink {

    void piece(byte[] bytes) throws IOException;

    /** Something that writes a body. */
    @FunctionalInterface
    interface Body {
        void writeTo(Sink sink) throws IOException;
    }
}
