package dev.patchbay.cli.log;

import dev.patchbay.diagnostic.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link System.Logger} leads in this process: to standard error with {@code --debug}; else nowhere, but for faults of the program
 * itself, of which it says that they were there, and nothing that was thrown may hold.
 *
 * <p>Only Patchbay's own loggers are heard. The JDK's HTTP client logs whole URLs and headers, keys among them.
 *
 * <p>Found through its service file. It also spares every start the loading of {@code java.util.logging}, which
 * {@link System#exit} asks for.
 */
public final class DebugLog extends System.LoggerFinder {

    private static final String OWN = "dev.patchbay.";

    private static volatile boolean enabled;

    /** From now on, log. */
    public static void enable() {
        enabled = true;
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new ToStandardError(name);
    }

    private record ToStandardError(String name) implements System.Logger {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            Level least = enabled ? Level.DEBUG : Level.ERROR;
            return name.startsWith(OWN) && level.getSeverity() >= least.getSeverity() && level != Level.OFF;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable cause) {
            if (!isLoggable(level)) {
                return;
            }
            if (!enabled) {
                String thrown = cause == null ? "" : ": " + cause.getClass().getName();
                System.err.println("error: " + Printable.line(message + thrown) + "; --debug shows where");
                return;
            }
            StringWriter text = new StringWriter();
            text.append("debug: ")
                    .append(name)
                    .append(": ")
                    .append(String.valueOf(message))
                    .append('\n');
            if (cause != null) {
                cause.printStackTrace(new PrintWriter(text));
            }
            System.err.print(Printable.text(text.toString()));
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            if (isLoggable(level)) {
                boolean plain = values == null || values.length == 0;
                log(level, bundle, plain ? format : MessageFormat.format(String.valueOf(format), values), (Throwable)
                        null);
            }
        }
    }
}
