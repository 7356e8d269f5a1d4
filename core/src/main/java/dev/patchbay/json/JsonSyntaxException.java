package dev.patchbay.json;

import dev.patchbay.spi.PatchbayException;

/** A text is not JSON. The message says where, and never quotes more than the offending token. */
public final class JsonSyntaxException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
