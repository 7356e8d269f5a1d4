package dev.patchbay.internal.http.socket;

import java.net.ProtocolException;

/** More stood before the body of an answer than anybody has use for. */
public final class OverlongHeadException extends ProtocolException {

    private static final long serialVersionUID = 1L;

    /** Bytes of a head, and of all those before it that only announce it. */
    public static final int MOST_BYTES = 256 * 1024;

    private final boolean announced;

    /** @param announced whether most of it were heads that only announce another one (100 to 199) */
    public OverlongHeadException(boolean announced) {
        super("more than " + MOST_BYTES + " bytes come before the answer");
        this.announced = announced;
    }

    public boolean isAnnounced() {
        return announced;
    }
}
