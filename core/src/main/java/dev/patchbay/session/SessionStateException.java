package dev.patchbay.session;

import dev.patchbay.spi.PatchbayException;

/** A session cannot do what is asked of it: there is none with that id, or it stands elsewhere. */
public final class SessionStateException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Kind {
        /** There is no such session. */
        UNKNOWN,
        /** It stands elsewhere than it would have to. */
        STATE,
        /** It needs a key that this process does not have. */
        KEY_GONE,
        /** What was asked does not fit what was said in it. */
        CONTENT,
        /** As many run as may. */
        TOO_MANY,
        /** Nothing is launched any more. */
        CLOSED
    }

    private final Kind kind;

    private SessionStateException(Kind kind, String message) {
        super(message, null);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static SessionStateException unknown(String id) {
        return new SessionStateException(Kind.UNKNOWN, "there is no session '" + id + "'");
    }

    static SessionStateException notEnded(SessionRecord session) {
        return new SessionStateException(
                Kind.STATE,
                "session '" + session.id() + "' is " + session.status().word()
                        + "; wait for its end, or interrupt it, before it is continued");
    }

    static SessionStateException noDraft(SessionRecord session) {
        return new SessionStateException(
                Kind.STATE,
                "session '" + session.id() + "' is " + session.status().word()
                        + ", and no draft that could be launched");
    }

    static SessionStateException running(SessionRecord session) {
        return new SessionStateException(
                Kind.STATE,
                "session '" + session.id() + "' is " + session.status().word()
                        + "; interrupt it before it is forgotten");
    }

    static SessionStateException keyGone(String id) {
        return new SessionStateException(
                Kind.KEY_GONE,
                "the key that session '" + id
                        + "' was given is not at hand: it was in the memory of a process that ended, or is sealed in a store whose key"
                        + " file is not there; give proxyApiKey anew, or name another provider");
    }

    static SessionStateException noSuchCall(String id, IllegalArgumentException why) {
        return new SessionStateException(
                Kind.CONTENT, "session '" + id + "' cannot be continued so: " + why.getMessage());
    }

    static SessionStateException tooMany(int running) {
        return new SessionStateException(
                Kind.TOO_MANY,
                running + " sessions run, which is the most at a time; wait for the end of one before the next launch");
    }

    static SessionStateException closed() {
        return new SessionStateException(Kind.CLOSED, "this Patchbay is closed");
    }
}
