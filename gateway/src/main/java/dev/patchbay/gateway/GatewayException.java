package dev.patchbay.gateway;

import dev.patchbay.spi.PatchbayException;

/** The gateway cannot do its work at all; what concerns one request is told to its client. */
public final class GatewayException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    GatewayException(String message) {
        super(message, null);
    }

    GatewayException(String message, Throwable cause) {
        super(message, cause);
    }
}
