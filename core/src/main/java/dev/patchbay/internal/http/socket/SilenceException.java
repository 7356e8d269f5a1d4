package dev.patchbay.internal.http.socket;

import java.io.IOException;

/** Nothing more of an answer came in the time that the provider's file allows. */
public final class SilenceException extends IOException {

    private static final long serialVersionUID = 1L;

    public SilenceException() {
        super("nothing more came in time");
    }
}
