package dev.patchbay.session;

import java.util.Locale;

/** Where a session stands (sessions.md, section 1). */
public enum SessionStatus {
    /** Prepared, not yet started. */
    DRAFT,
    /** Accepted; the provider has not been asked yet. */
    STARTING,
    /** The provider has been asked. */
    RUNNING,
    /** Ended well. */
    COMPLETED,
    /** Ended with an error, which the session carries. */
    FAILED,
    /** Asked to stop. */
    INTERRUPTING,
    /** Stopped on request. */
    INTERRUPTED,
    /** Waits for a person. */
    WAITING_INPUT,
    /** A draft that was thrown away. */
    DISCARDED;

    /** The name on the wire, such as {@code waiting_input}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more will happen in the session. */
    public boolean isFinal() {
        return this == COMPLETED || this == FAILED || this == INTERRUPTED || this == DISCARDED;
    }
}
