package dev.patchbay.spi;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that Patchbay throws on purpose.
 *
 * <p>The message says what failed, where, and what to do; it never holds a secret.
 */
public abstract class PatchbayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected PatchbayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
