package dev.patchbay.internal.plugin;

import dev.patchbay.diagnostic.Printable;
import org.jspecify.annotations.Nullable;

/** Puts into words what code of a plugin threw; a hostile exception cannot make it fail. */
final class PluginFault {

    private static final int LONGEST = 300;

    private PluginFault() {}

    /** The exception's simple class name and message, on one line; of our own only the message. */
    static String describe(Throwable thrown) {
        try {
            return described(thrown);
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }

    private static String described(Throwable thrown) {
        if (thrown instanceof PluginClassLoader.CallsExit) {
            return oneLine(String.valueOf(thrown.getMessage()));
        }
        String name = thrown.getClass().getSimpleName();
        String message = message(thrown);
        if (message == null || message.isBlank()) {
            return name;
        }
        return name + ": " + oneLine(message);
    }

    /** The same, of the innermost cause that says something; for wrappers such as ServiceConfigurationError. */
    static String describeRoot(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; depth < 20; depth++) {
            Throwable cause = cause(root);
            if (cause == null) {
                break;
            }
            root = cause;
        }
        return describe(root);
    }

    static String oneLine(String text) {
        // A text without end is not worth to be looked through.
        String some = text.length() <= 10 * LONGEST ? text : text.substring(0, 10 * LONGEST);
        String line = some.replaceAll("\\s+", " ").trim();
        return Printable.line(line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…");
    }

    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable e) {
            return null;
        }
    }

    private static @Nullable Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable e) {
            return null;
        }
    }
}
