package dev.patchbay.cli.terminal;

import dev.patchbay.spi.PatchbayException;
import java.io.IOException;

/** Nobody reads standard output any more, as after {@code patchbay … | head -1}: a reason to stop, not to complain. */
public final class BrokenPipeException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    BrokenPipeException(IOException cause) {
        super("standard output was closed", cause);
    }
}
