package dev.patchbay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.contract.ReplyContract;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A daemon of a home of the test's own, with providers that stand on a fake, and a client of its API. */
public final class TestDaemon implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path home;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Daemon daemon;

    private TestDaemon(Path home) {
        this(home, Duration.ofSeconds(5));
    }

    private TestDaemon(Path home, Duration patience) {
        this.home = home;
        this.daemon = Daemon.builder(
                        home,
                        SqliteSessionStore.builder(home.resolve("patchbay.db"))
                                .patience(patience)
                                .openEvenIfDamaged())
                .patchbay(builder -> builder.home(home)
                        .userLayer()
                        .watch(reload -> {})
                        .environment(name -> java.util.Optional.empty()))
                .server(server -> server.port(0).grace(Duration.ofMillis(200)))
                .start();
    }

    /** A daemon whose providers {@code ok} and {@code other} are the fake. */
    public static TestDaemon start(Path home, FakeProvider fake) {
        define(home, fake);
        return new TestDaemon(home);
    }

    /** The same, whose store waits only so long for another process. */
    static TestDaemon start(Path home, FakeProvider fake, Duration patience) {
        define(home, fake);
        return new TestDaemon(home, patience);
    }

    private static void define(Path home, FakeProvider fake) {
        try {
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(home.resolve("providers/p.yaml"), """
                    providers:
                      ok: {auth: none, baseUrl: "%1$s", defaultModel: m}
                      other: {auth: none, baseUrl: "%1$s", defaultModel: m2}
                    """.formatted(fake.baseUrl("/v1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another daemon of the same home, after this one was closed. */
    public TestDaemon restart() {
        close();
        return new TestDaemon(home);
    }

    /** Where it has its store, its token and its providers. */
    public Path home() {
        return home;
    }

    public URI url(String path) {
        return URI.create(daemon.url() + "/api/v1" + path);
    }

    public URI root() {
        return daemon.url();
    }

    public String token() {
        try {
            return Files.readString(home.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer, read as JSON where it has a body. */
    public record Answer(int status, JsonNode json, HttpResponse<String> http) {

        public JsonNode data() {
            return json.path("data");
        }

        public JsonNode error() {
            return json.path("error");
        }
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, String body) {
        return send(request(path).header("content-type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    public Answer patch(String path, String body) {
        return send(request(path)
                .header("content-type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url(path)).header("authorization", "Bearer " + token());
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
            ReplyContract.check(response);
            return new Answer(
                    response.statusCode(), Json.tryParse(response.body()).orElse(Json.object()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Launches, and returns the id. */
    public String launch(String body) {
        Answer launched = post("/sessions", body);
        assertThat(launched.status()).as(launched.http().body()).isEqualTo(201);
        return launched.data().path("session_id").asText();
    }

    /** Asks a model through the gateway, or through the address of a session. */
    void chat(String path, String model) {
        HttpRequest request = HttpRequest.newBuilder(root().resolve(path))
                .timeout(LIMIT)
                .header("authorization", "Bearer " + token())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Subscribes to what happens. */
    public EventReader events(String query, String... headers) {
        HttpRequest.Builder request = request("/stream/events" + query);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return EventReader.open(client, request.build());
    }

    @Override
    public void close() {
        daemon.close();
    }
}
