package dev.patchbay.codec.json;

import dev.patchbay.spi.PatchbayException;
import org.jspecify.annotations.Nullable;

/** A text is not JSON. The message says where, and never quotes what stands there. */
public final class JsonSyntaxException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
