package dev.patchbay.testkit;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One request and the connection to answer it on, for answers that are written byte by byte. */
public final class Exchange {

    private final RecordedRequest request;
    private final FakeProviderConnection connection;

    Exchange(RecordedRequest request, FakeProviderConnection connection) {
        this.request = request;
        this.connection = connection;
    }

    public RecordedRequest request() {
        return request;
    }

    /**
     * Sends bytes at once.
     *
     * @throws IOException if the connection is closed on either side
     */
    public void write(byte[] bytes) throws IOException {
        connection.write(bytes);
    }

    /**
     * Waits until the gate opens.
     *
     * @throws IOException if the client leaves or the provider is closed before
     */
    public void hold(Gate gate) throws IOException {
        CompletableFuture.anyOf(gate.arrive(), connection.over()).join();
        if (connection.over().isDone()) {
            throw new IOException("the connection ended at a gate");
        }
    }

    /** Ends the connection in the regular way. Idempotent. */
    public void close() {
        connection.close();
    }

    /** Ends the connection with a reset, so that the client gets an error. */
    public void reset() throws IOException {
        connection.reset();
    }
}
