package dev.patchbay.cli.command;

import dev.patchbay.spi.PatchbayException;

/** The command line asks for something that cannot be; the message says what, without quoting what may be a secret. */
public final class UsageException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message, null);
    }
}
