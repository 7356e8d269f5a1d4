package dev.patchbay.http;

import dev.patchbay.spi.HttpCall;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call as it goes onto the wire, and the way to other keys if these are refused. Used by one thread at a time. */
public final class ReadyCall {

    private final HttpCall call;
    private final @Nullable SentSecrets secrets;
    private final Supplier<HttpCall> again;

    private ReadyCall(HttpCall call, @Nullable SentSecrets secrets, Supplier<HttpCall> again) {
        this.call = call;
        this.secrets = secrets;
        this.again = again;
    }

    static ReadyCall fixed(HttpCall call) {
        return new ReadyCall(call, null, () -> call);
    }

    /**
     * A call that is completed now, and maybe once more.
     *
     * @param secrets remembers what the completion looks up
     */
    static ReadyCall renewable(SentSecrets secrets, Supplier<HttpCall> completion) {
        return new ReadyCall(completion.get(), secrets, completion);
    }

    public HttpCall call() {
        return call;
    }

    /** Whether the answer means that {@link #renewed} may do better: after a 401, once at most. Does not wait. */
    public boolean isRenewedAfter(int status) {
        return status == RouteTransport.UNAUTHORIZED && secrets != null && secrets.renew();
    }

    /**
     * The call with its secrets looked up again; may wait.
     *
     * @throws dev.patchbay.spi.ProviderException if one is not there any more
     */
    public HttpCall renewed() {
        return again.get();
    }

    /** Without the headers, which hold the keys. */
    @Override
    public String toString() {
        return call.toString();
    }
}
