package dev.patchbay.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A provider on 127.0.0.1: a real HTTP/1.1 server that speaks OpenAI chat, OpenAI Responses and Anthropic Messages under
 * any base path, records everything it receives, and misbehaves on request.
 *
 * <p>Without a script it answers every conversation with a short text. Paths are told apart by their end: {@code
 * /chat/completions}, {@code /responses}, {@code /messages}, {@code /messages/count_tokens}, {@code /models}. Safe for use
 * by several threads.
 *
 * <pre>{@code
 * try (FakeProvider fake = FakeProvider.start()) {
 *     fake.enqueue(Answer.error(429, "rate_limit_exceeded", "slow down").header("Retry-After", "1"));
 *     fake.answer(Answer.text("Hel", "lo"));
 *     …
 *     assertThat(fake.requests()).hasSize(2);
 * }
 * }</pre>
 */
public final class FakeProvider implements AutoCloseable {

    /** What a conversation is answered with when the test says nothing else. */
    public static final String DEFAULT_TEXT = "Hello from the fake provider.";

    private static final int MOST_CONNECTIONS = 256;

    private final ServerSocket server;
    private final @Nullable SSLContext tls;
    private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
    private final Recording recording = new Recording();
    private final Queue<Answer> once = new ConcurrentLinkedQueue<>();
    private final Map<String, Answer> byPath = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile Answer standard = Answer.text(DEFAULT_TEXT);

    /** By when they were made, in milliseconds: a session that is resumed has another id, at least in TLS 1.3. */
    private final Set<Long> tlsSessions = ConcurrentHashMap.newKeySet();

    private FakeProvider(ServerSocket server, @Nullable SSLContext tls) {
        this.server = server;
        this.tls = tls;
    }

    /** Starts a provider on a free port. */
    public static FakeProvider start() {
        return start(null);
    }

    /** Starts a provider that speaks HTTPS; see {@link TestCertificates}. */
    public static FakeProvider startTls(SSLContext tls) {
        return start(requireNonNull(tls, "tls is null"));
    }

    private static FakeProvider start(@Nullable SSLContext tls) {
        try {
            ServerSocket server = new ServerSocket(0, 128, Loopback.address());
            FakeProvider provider = new FakeProvider(server, tls);
            DaemonThread.of("fake-provider-" + server.getLocalPort(), provider::accept)
                    .start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers every request that nothing else is planned for. */
    public FakeProvider answer(Answer answer) {
        standard = requireNonNull(answer, "answer is null");
        return this;
    }

    /** Answers every request whose path ends like this and for which nothing is enqueued. */
    public FakeProvider answer(String pathEnd, Answer answer) {
        byPath.put(requireNonNull(pathEnd, "pathEnd is null"), requireNonNull(answer, "answer is null"));
        return this;
    }

    /** Answers the next requests, one each, whatever their path. */
    public FakeProvider enqueue(Answer... answers) {
        once.addAll(List.of(answers));
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** {@code http://127.0.0.1:port}, without a path. */
    public URI baseUrl() {
        return baseUrl("");
    }

    /** The same with a path, such as {@code /openai/v1}. */
    public URI baseUrl(String path) {
        return URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + port() + path);
    }

    /** Every request so far, in order. */
    public List<RecordedRequest> requests() {
        return recording.requests();
    }

    /**
     * The only request so far.
     *
     * @throws AssertionError if there is none, or more than one
     */
    public RecordedRequest onlyRequest() {
        List<RecordedRequest> requests = requests();
        if (requests.size() != 1) {
            throw new AssertionError("expected one request: " + requests);
        }
        return requests.get(0);
    }

    /**
     * Waits for the next request that was not taken yet.
     *
     * @throws AssertionError if none comes in time
     */
    public RecordedRequest takeRequest(Duration timeout) {
        return recording.take(timeout);
    }

    /**
     * Waits until the client ends the connection of the latest request; noticed while nothing is being sent, too.
     *
     * @return when that was
     * @throws AssertionError if it does not in time, or if there was no request
     */
    public Instant awaitClientGone(Duration timeout) {
        List<RecordedRequest> requests = requests();
        if (requests.isEmpty()) {
            throw new AssertionError("no request was made");
        }
        return awaitClientGone(requests.get(requests.size() - 1), timeout);
    }

    /** The same for the connection of a certain request. */
    public Instant awaitClientGone(RecordedRequest request, Duration timeout) {
        return recording.awaitClientGone(request, timeout);
    }

    /** How many connections were made. */
    public int connections() {
        return recording.connections().size();
    }

    /** How many TLS sessions requests came in; a connection that resumes one adds none. */
    public int tlsSessions() {
        return tlsSessions.size();
    }

    /** How many bytes were received, on all connections; behind TLS, if there is any. */
    public long bytesReceived() {
        return recording.bytes();
    }

    /** Whether a text occurs anywhere in what was received: request line, header, body, also of broken requests. */
    public boolean sawAnywhere(String canary) {
        return recording.contains(canary);
    }

    /**
     * Ends everything. Idempotent.
     *
     * @throws AssertionError if an answer failed in a way it should not: the test's script is wrong
     */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        recording.connections().forEach(FakeProviderConnection::abort);
        Throwable failure = failures.poll();
        if (failure != null) {
            throw new AssertionError("an answer of the fake provider failed", failure);
        }
    }

    private void accept() {
        try {
            while (true) {
                free.acquireUninterruptibly();
                Socket wire = server.accept();
                wire.setTcpNoDelay(true);
                FakeProviderConnection connection = recording.open(wire, tls == null ? wire : encrypted(wire, tls));
                DaemonThread.of("fake-provider-connection-" + connection.number(), () -> serve(connection))
                        .start();
            }
        } catch (IOException e) {
            // Thrown when the provider is closed: the only way out.
            recording.connections().forEach(FakeProviderConnection::abort);
        }
    }

    private void serve(FakeProviderConnection connection) {
        try {
            connection.serve(
                    (method, target, headers, body) -> recording.add(connection, method, target, headers, body),
                    request -> reply(request, connection));
        } finally {
            free.release();
        }
    }

    private void reply(RecordedRequest request, FakeProviderConnection connection) {
        connection.tlsSession().ifPresent(session -> tlsSessions.add(session.getCreationTime()));
        try {
            answerTo(request).send(new Exchange(request, connection));
        } catch (IOException e) {
            connection.close(); // the client left, or the script broke the connection
        } catch (RuntimeException | Error e) {
            failures.add(e);
            connection.close();
        }
    }

    private Answer answerTo(RecordedRequest request) {
        Answer next = once.poll();
        if (next != null) {
            return next;
        }
        return byPath.entrySet().stream()
                .filter(entry -> request.path().endsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(standard);
    }

    private static Socket encrypted(Socket wire, SSLContext tls) throws IOException {
        // On top of the plain socket, so that a reset is still possible.
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(wire, null, true);
        socket.setUseClientMode(false);
        return socket;
    }
}
