package dev.patchbay.internal.http;

import dev.patchbay.internal.http.socket.ClosedException;
import dev.patchbay.internal.http.socket.SilenceException;
import java.io.IOException;

/** One request on its way. One thread asks for the answer; any may end it. */
interface HttpExchange {

    /**
     * Waits for the head of the answer; ends the exchange if it does not come.
     *
     * @throws SilenceException if nothing came in time
     * @throws ClosedException if it was ended from this side, or the thread interrupted
     * @throws IOException if it failed
     */
    AnswerHead head(ExchangeTimeouts timeouts) throws IOException;

    /**
     * Whether a request that failed so goes out again, because its connection had waited in the pool and gone stale there, or
     * because it could not be sent in this way.
     */
    boolean isRepeatable(IOException failure);

    /** Ends the exchange and closes its connection at once, unless the answer was complete. Idempotent. */
    void cancel();
}
