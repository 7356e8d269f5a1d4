package dev.patchbay.plugin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends the loading of one plugin; never leaves this package. */
final class Rejection extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final @Nullable String help;

    private Rejection(String reason, @Nullable String help, @Nullable Throwable cause) {
        super(reason, cause);
        this.reason = reason;
        this.help = help;
    }

    static Rejection because(String reason) {
        return new Rejection(reason, null, null);
    }

    static Rejection because(String reason, Throwable cause) {
        return new Rejection(reason, null, cause);
    }

    Rejection withHelp(String text) {
        return new Rejection(reason, text, getCause());
    }

    String reason() {
        return reason;
    }

    Optional<String> help() {
        return Optional.ofNullable(help);
    }

    Optional<Throwable> cause() {
        return Optional.ofNullable(getCause());
    }
}
