package dev.patchbay.cli.terminal;

import dev.patchbay.spi.PatchbayException;
import java.io.IOException;

/** Standard output takes nothing more: its reader is gone, or its disk is full. */
public final class OutputException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private final boolean readerGone;

    OutputException(IOException cause) {
        super("cannot write to standard output: " + cause.getMessage(), cause);
        // Java tells EPIPE from other errors by nothing but the system's text.
        this.readerGone = String.valueOf(cause.getMessage()).contains("Broken pipe");
    }

    /** Whether nobody reads any more, as after {@code patchbay … | head -1}: a reason to stop, not to complain. */
    public boolean isReaderGone() {
        return readerGone;
    }
}
