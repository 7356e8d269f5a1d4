package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy on 127.0.0.1: opens tunnels ({@code CONNECT}), forwards whole URLs, asks for a password or refuses on
 * request, and records what it was asked. Safe for use by several threads.
 *
 * <pre>{@code
 * try (FakeProvider fake = FakeProvider.start(); FakeProxy proxy = FakeProxy.start().demanding("user", "password")) {
 *     …
 *     assertThat(proxy.requests()).extracting(RecordedRequest::method).containsExactly("CONNECT");
 * }
 * }</pre>
 */
public final class FakeProxy implements AutoCloseable {

    private final ServerSocket server;
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile @Nullable String authorization;
    private volatile @Nullable URI destination;
    private volatile String challenge = "Basic realm=\"fake\"";
    private volatile int refusal;
    private volatile boolean closed;

    private FakeProxy(ServerSocket server) {
        this.server = server;
    }

    /** Starts a proxy on a free port that lets everybody through. */
    public static FakeProxy start() {
        try {
            FakeProxy proxy = new FakeProxy(new ServerSocket(0, 128, Loopback.address()));
            DaemonThread.of("fake-proxy-" + proxy.port(), proxy::accept).start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets through only who proves to be this user, with Basic; others get 407. */
    public FakeProxy demanding(String user, String password) {
        authorization = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return this;
    }

    /** Lets nobody through, and asks for another proof than Basic. */
    public FakeProxy demandingScheme(String scheme) {
        authorization = "nothing that is sent";
        challenge = requireNonNull(scheme, "scheme is null");
        return this;
    }

    /** Answers every request with this status. */
    public FakeProxy refusing(int status) {
        refusal = status;
        return this;
    }

    /** Leads every tunnel and request to one server, whatever host the client names. */
    public FakeProxy leadingTo(URI target) {
        destination = requireNonNull(target, "target is null");
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** {@code http://127.0.0.1:port}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** What it was asked so far, in order: tunnels and whole URLs, not what goes through the tunnels. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(server);
        open.forEach(FakeProxy::closeQuietly);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = server.accept();
                open.add(client);
                DaemonThread.of("fake-proxy-client", () -> serve(client)).start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            RequestReader reader = new RequestReader(client.getInputStream());
            ProxiedConnection connection = new ProxiedConnection(client);
            Optional<RecordedRequest> next = read(reader);
            while (next.isPresent()) {
                handle(next.get(), connection);
                next = read(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            // The client or the server is gone; the other one is let go of as well.
            return;
        }
    }

    private Optional<RecordedRequest> read(RequestReader reader) throws IOException {
        return reader.next(() -> {}, (method, target, headers, body) -> {
            RecordedRequest request = new RecordedRequest(requests.size() + 1, 1, method, target, headers, body);
            requests.add(request);
            return request;
        });
    }

    private void handle(RecordedRequest request, ProxiedConnection connection) throws IOException {
        String wanted = authorization;
        boolean known = wanted == null
                || request.header("Proxy-Authorization").filter(wanted::equals).isPresent();
        if (!known) {
            connection.answer("407 Proxy Authentication Required", "Proxy-Authenticate: " + challenge + "\r\n");
        } else if (refusal != 0) {
            connection.answer(refusal + " Refused", "");
        } else if (request.method().equals("CONNECT")) {
            connection.tunnel(destination(URI.create("https://" + request.target())));
        } else {
            URI named = URI.create(request.target());
            connection.forward(request, named, destination(named));
        }
    }

    private URI destination(URI named) {
        URI other = destination;
        return other == null ? named : other;
    }

    private static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
