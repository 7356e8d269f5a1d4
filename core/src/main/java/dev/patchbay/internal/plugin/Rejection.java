package dev.patchbay.internal.plugin;

import dev.patchbay.diagnostic.Code;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends the loading of one plugin; never leaves this package. */
final class Rejection extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final @Nullable String help;
    private final Code code;

    private Rejection(String reason, @Nullable String help, Code code, @Nullable Throwable cause) {
        super(reason, cause);
        this.reason = reason;
        this.help = help;
        this.code = code;
    }

    static Rejection because(String reason) {
        return new Rejection(reason, null, Code.PLUGIN_REJECTED, null);
    }

    static Rejection because(String reason, Throwable cause) {
        return new Rejection(reason, null, Code.PLUGIN_REJECTED, cause);
    }

    /** A plugin that stands in the way of one that came first. */
    static Rejection conflict(String reason) {
        return new Rejection(reason, null, Code.PLUGIN_CONFLICT, null);
    }

    Rejection withHelp(String text) {
        return new Rejection(reason, text, code, getCause());
    }

    String reason() {
        return reason;
    }

    Code code() {
        return code;
    }

    Optional<String> help() {
        return Optional.ofNullable(help);
    }

    Optional<Throwable> cause() {
        return Optional.ofNullable(getCause());
    }
}
