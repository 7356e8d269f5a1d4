package dev.patchbay.internal.http;

import java.io.IOException;

/** Nothing more of an answer came in the time that the provider's file allows. */
final class SilenceException extends IOException {

    private static final long serialVersionUID = 1L;

    SilenceException() {
        super("nothing more came in time");
    }
}
