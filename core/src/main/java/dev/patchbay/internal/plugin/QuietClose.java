package dev.patchbay.internal.plugin;

import java.io.Closeable;
import java.io.IOException;

/** Closes what is no longer needed; that it could not be closed is nobody's business but a log's. */
final class QuietClose {

    private static final System.Logger LOG = System.getLogger(QuietClose.class.getName());

    private QuietClose() {}

    static void quietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "ignored at close", e);
        }
    }
}
