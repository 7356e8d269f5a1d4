package dev.patchbay.internal.http.socket;

import java.io.IOException;

/** An exchange was ended from this side. */
public final class ClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    public ClosedException() {
        super("the exchange was ended");
    }
}
