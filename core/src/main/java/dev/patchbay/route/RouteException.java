package dev.patchbay.route;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.PatchbayException;
import java.util.List;

/** A launch cannot be routed as it is asked for; nothing was sent. The message says what to do. */
public final class RouteException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, for whoever turns it into an error of an interface. */
    public enum Reason {
        /** No model is named, and the provider has no default. */
        NO_MODEL,
        /** A setting that an unknown provider needs is not given. */
        MISSING_SETTING,
        /** A URL cannot be used. */
        BAD_URL,
        /** A credential belongs to another origin. */
        CREDENTIAL_DROPPED,
        /** A credential would go over plain HTTP to a public host. */
        INSECURE_HTTP,
        /** A quirk has a value that it cannot have. */
        BAD_QUIRK
    }

    private final Reason reason;
    private final String help;
    private final List<String> fields;

    RouteException(Reason reason, String message, String help) {
        this(reason, message, help, List.of());
    }

    RouteException(Reason reason, String message, String help, List<String> fields) {
        super(message, null);
        this.reason = requireNonNull(reason, "reason is null");
        this.help = requireNonNull(help, "help is null");
        this.fields = List.copyOf(fields);
    }

    public Reason reason() {
        return reason;
    }

    /** What the user can do. */
    public String help() {
        return help;
    }

    /** The settings concerned, by the names of the user's document, such as {@code proxyApiKey}; may be empty. */
    public List<String> fields() {
        return fields;
    }
}
