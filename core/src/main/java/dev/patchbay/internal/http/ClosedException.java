package dev.patchbay.internal.http;

import java.io.IOException;

/** An exchange was ended from this side. */
final class ClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    ClosedException() {
        super("the exchange was ended");
    }
}
