package dev.patchbay.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.HostileClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of testkit for clients that misbehave, at the daemon: its doors are those of the gateway, behind its token. */
@Tag("once")
@Timeout(240)
final class HostileClientsTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String OUR_HOST = "Host: 127.0.0.1\r\n";
    private static final FakeProvider FAKE = FakeProvider.start();
    private static Daemon patient;
    private static Daemon hasty;
    private static String token;

    @BeforeAll
    static void start(@TempDir Path home, @TempDir Path other) throws Exception {
        FAKE.answer(Answer.text("Hello"));
        Duration soon = Duration.ofMillis(400);
        patient = daemon(home, Duration.ofSeconds(30), Duration.ofSeconds(30));
        hasty = daemon(other, soon, Duration.ofSeconds(1));
        token = Files.readString(home.resolve("token")).strip();
        Files.writeString(other.resolve("token"), token + "\n");
    }

    private static Daemon daemon(Path home, Duration silence, Duration whole) throws Exception {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/p.yaml"),
                "providers:\n  ok: {auth: none, baseUrl: \"" + FAKE.baseUrl("/v1") + "\", defaultModel: m}\n");
        return Daemon.builder(home, SqliteSessionStore.open(home.resolve("patchbay.db")))
                .patchbay(builder -> builder.home(home).userLayer().environment(name -> java.util.Optional.empty()))
                .server(server -> server.port(0)
                        .grace(Duration.ofMillis(200))
                        .headTimeout(silence)
                        .clientTimeout(silence)
                        .bodySilence(silence)
                        .bodyTimeout(whole))
                .start();
    }

    @AfterAll
    static void close() {
        patient.close();
        hasty.close();
        FAKE.close();
    }

    static List<HostileClient> all() {
        return HostileClient.all();
    }

    static List<HostileClient> stalling() {
        return HostileClient.stalling();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isAnswered(HostileClient client) throws Exception {
        check(patient, client, Duration.ofSeconds(200));
    }

    @ParameterizedTest
    @MethodSource("stalling")
    void isNotWaitedForForEver(HostileClient client) throws Exception {
        check(hasty, client, Duration.ofSeconds(4));
    }

    private static void check(Daemon daemon, HostileClient client, Duration limit) throws Exception {
        HostileClient known = withToken(client);
        HostileClient.Outcome outcome = known.meet(daemon.url().getPort(), limit);
        assertThat(known.verdict(outcome))
                .as(client.name() + ": " + outcome.text())
                .isEmpty();
        URI health = daemon.url().resolve("/api/v1/health");
        assertThat(CLIENT.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    /**
     * The token stands behind the host that is ours, so that what is refused is refused for what the client does. Who cannot
     * show it is asked to log in, as to a page.
     */
    private static HostileClient withToken(HostileClient client) {
        List<byte[]> pieces = client.pieces().stream()
                .map(piece -> new String(piece, ISO_8859_1)
                        .replace(OUR_HOST, OUR_HOST + "Authorization: Bearer " + token + "\r\n")
                        .getBytes(ISO_8859_1))
                .toList();
        boolean namesHost =
                client.pieces().stream().anyMatch(piece -> new String(piece, ISO_8859_1).contains(OUR_HOST));
        Set<Integer> statuses = new HashSet<>(client.statuses());
        if (!namesHost) {
            statuses.addAll(Set.of(401, 405));
        }
        return new HostileClient(client.name(), pieces, Set.copyOf(statuses), client.answers());
    }
}
