package dev.patchbay.daemon;

import dev.patchbay.spi.PatchbayException;
import org.jspecify.annotations.Nullable;

/** The daemon cannot start; the message says why and what to do. */
public final class DaemonException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    /** The same, for whoever starts one. */
    public static DaemonException of(String message, @Nullable Throwable cause) {
        return new DaemonException(message, cause);
    }

    DaemonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
