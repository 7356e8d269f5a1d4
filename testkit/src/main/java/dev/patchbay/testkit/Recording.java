package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Everything that reached the provider. Safe for use by several threads. */
final class Recording {

    private final List<FakeProviderConnection> connections = new ArrayList<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final BlockingQueue<RecordedRequest> untaken = new LinkedBlockingQueue<>();

    synchronized FakeProviderConnection open(Socket wire, Socket socket) throws IOException {
        FakeProviderConnection connection = new FakeProviderConnection(connections.size() + 1, wire, socket);
        connections.add(connection);
        return connection;
    }

    synchronized RecordedRequest add(
            FakeProviderConnection connection, String method, String target, Headers headers, byte[] body) {
        RecordedRequest request =
                new RecordedRequest(requests.size() + 1, connection.number(), method, target, headers, body);
        requests.add(request);
        untaken.add(request);
        return request;
    }

    synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized List<FakeProviderConnection> connections() {
        return List.copyOf(connections);
    }

    RecordedRequest take(Duration timeout) {
        @Nullable RecordedRequest request =
                UninterruptedWait.uninterrupted(() -> untaken.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
        if (request == null) {
            throw new AssertionError("no request within " + timeout + "; so far: " + requests());
        }
        return request;
    }

    Instant awaitClientGone(RecordedRequest request, Duration timeout) {
        FakeProviderConnection connection = connections().get(request.connection() - 1);
        return UninterruptedWait.uninterrupted(() -> {
            try {
                return connection.clientGone().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("the client did not leave within " + timeout + " after " + request, e);
            }
        });
    }

    long bytes() {
        return connections().stream()
                .mapToLong(connection -> connection.received().length)
                .sum();
    }

    boolean contains(String text) {
        // Bytes as characters, so that a search for bytes is a search for a string.
        String needle = new String(text.getBytes(UTF_8), ISO_8859_1);
        return connections().stream()
                        .anyMatch(connection -> new String(connection.received(), ISO_8859_1).contains(needle))
                || requests().stream().anyMatch(request -> request.text().contains(text));
    }
}
