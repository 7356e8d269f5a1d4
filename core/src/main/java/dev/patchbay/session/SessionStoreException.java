package dev.patchbay.session;

import dev.patchbay.spi.PatchbayException;

/** A session store did not do what it was asked; the cause is what it threw. A session that it met has failed with it. */
public final class SessionStoreException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    SessionStoreException(Throwable cause) {
        super(
                cause instanceof PatchbayException && cause.getMessage() != null
                        ? cause.getMessage()
                        : "the session store failed: " + SessionError.describe(cause),
                cause);
    }

    /** Adds this to what came before it; a store may throw one exception again and again, which says nothing new. */
    @SuppressWarnings("ReferenceEquality") // Whether it is the same exception, not one like it.
    void noteIn(Throwable earlier) {
        if (earlier != this && earlier != getCause() && earlier.getCause() != getCause()) {
            earlier.addSuppressed(this);
        }
    }
}
