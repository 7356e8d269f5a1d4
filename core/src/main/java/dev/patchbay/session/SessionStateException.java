package dev.patchbay.session;

import dev.patchbay.spi.PatchbayException;

/** A session cannot do what is asked of it: there is none with that id, or it stands elsewhere. */
public final class SessionStateException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private SessionStateException(String message) {
        super(message, null);
    }

    static SessionStateException unknown(String id) {
        return new SessionStateException("there is no session '" + id + "'");
    }

    static SessionStateException notEnded(SessionRecord session) {
        return new SessionStateException("session '" + session.id() + "' is "
                + session.status().word() + "; wait for its end, or interrupt it, before it is continued");
    }

    static SessionStateException closed() {
        return new SessionStateException("this Patchbay is closed");
    }
}
