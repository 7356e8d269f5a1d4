package dev.patchbay.session;

import dev.patchbay.spi.PatchbayException;
import org.jspecify.annotations.Nullable;

/**
 * A session did not complete: it failed or was interrupted, or who waited for it was. The message says what the session's
 * {@link SessionError} says; the cause is what the session, or who waited, met.
 */
public final class SessionException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private final transient SessionRecord session;

    SessionException(SessionRecord session, @Nullable Throwable cause) {
        super(describe(session), cause);
        this.session = session;
    }

    /** The session as it ended, or as it is where the wait for it was interrupted. */
    public SessionRecord session() {
        return session;
    }

    private static String describe(SessionRecord session) {
        if (session.error().isEmpty()) {
            // Who waited may have been interrupted, and the session goes on.
            return "session " + session.id() + (session.status().isFinal() ? " was " : " was not waited for, and is ")
                    + session.status().word();
        }
        SessionError error = session.error().get();
        StringBuilder text = new StringBuilder(error.provider());
        error.status().ifPresent(status -> text.append(" failed with ").append(status));
        text.append(": ").append(error.message());
        error.hint().ifPresent(hint -> text.append(" (").append(hint).append(')'));
        return text.toString();
    }
}
