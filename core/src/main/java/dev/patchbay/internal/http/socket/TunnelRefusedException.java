package dev.patchbay.internal.http.socket;

import java.io.IOException;
import java.util.List;

/** A proxy answered something else than success when it was asked for a tunnel. */
public final class TunnelRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> schemes;

    TunnelRefusedException(ResponseHead answer) {
        super("the proxy opened no tunnel (status " + answer.status() + ")");
        this.status = answer.status();
        this.schemes = answer.headers().allValues("proxy-authenticate");
    }

    public int status() {
        return status;
    }

    /** What its {@code Proxy-Authenticate} headers say. */
    public List<String> schemes() {
        return schemes;
    }
}
