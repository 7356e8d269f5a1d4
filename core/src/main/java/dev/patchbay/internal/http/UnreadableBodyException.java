package dev.patchbay.internal.http;

import dev.patchbay.spi.ProviderException;
import java.io.IOException;

/** A body cannot be decompressed. */
final class UnreadableBodyException extends IOException {

    private static final long serialVersionUID = 1;

    private final ProviderException failure;

    UnreadableBodyException(ProviderException failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    /** What is told of it. */
    ProviderException failure() {
        return failure;
    }
}
