package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon and launches without it on one store, as processes. */
@Tag("process")
final class SharedStoreTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String API = "/api/v1";
    private static final String KEY = "canary-of-the-environment-7d1e";
    private static final String GIVEN = "canary-of-the-launch-93bf";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private RunningProcess daemon;

    @BeforeEach
    void start() throws Exception {
        fake.answer(Answer.text("Hello"));
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/p.yaml"), """
                providers:
                  ok: {auth: none, baseUrl: "%1$s", defaultModel: m}
                  keyed: {baseUrl: "%1$s", apiKey: $CANARY_KEY, defaultModel: m}
                """.formatted(fake.baseUrl("/v1")));
        daemon = patchbay("daemon", "start", "--foreground", "--port", "0", "--log-format", "json")
                .start();
        daemon.awaitStdout("patchbay daemon on ", LIMIT);
    }

    @AfterEach
    void close() {
        daemon.close();
        fake.close();
    }

    private ChildProcess patchbay(String... arguments) {
        return ChildProcess.java(Main.class.getName(), arguments)
                .env("PATCHBAY_HOME", home.toString())
                .env("CANARY_KEY", KEY);
    }

    @Test
    void ofTwoLaunchesBesideTheDaemonTheOneThatIsKilledFailsAndTheOthersGoOn() throws Exception {
        Gate rest = Gate.closed();
        fake.answer(Answer.text("Hello", " there").holdBefore("\" there\"", rest));
        try (RunningProcess killed =
                        patchbay("launch", "to be killed", "-p", "ok").start();
                RunningProcess lasting =
                        patchbay("launch", "to last", "-p", "ok").start()) {
            String inDaemon = launch("{\"query\":\"in the daemon\",\"provider\":\"ok\"}");
            killed.awaitStdout("Hello", LIMIT);
            lasting.awaitStdout("Hello", LIMIT);
            String killedId = session("to be killed").path("id").asText();
            awaitStatus(inDaemon, "running");

            killed.signal("KILL");
            killed.await(LIMIT);

            JsonNode failed = awaitStatus(killedId, "failed");
            assertThat(failed.path("error_message").asText()).isEqualTo("the process running this session ended");
            assertThat(session("to last").path("status").asText()).isEqualTo("running");
            assertThat(session("in the daemon").path("status").asText()).isEqualTo("running");
            rest.open();
            ProcessOutcome ended = lasting.await(LIMIT);
            assertThat(ended.exitCode()).as(ended.stderr()).isZero();
            assertThat(ended.stdout()).isEqualTo("Hello there\n");
            awaitStatus(inDaemon, "completed");
            assertThat(session("to last").path("status").asText()).isEqualTo("completed");
        }
    }

    @Test
    void whoeverLeavesASessionDoesNotEndIt() throws Exception {
        Gate begin = Gate.closed();
        Gate rest = Gate.closed();
        fake.answer(
                Answer.text("Hello", " there").holdBefore("\"Hello\"", begin).holdBefore("\" there\"", rest));
        String id = launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        awaitStatus(id, "running");
        try (RunningProcess first = patchbay("sessions", "follow", id).start();
                RunningProcess second = patchbay("sessions", "follow", id).start()) {
            awaitSubscribers(2);
            begin.open();
            first.awaitStdout("Hello", LIMIT);
            second.awaitStdout("Hello", LIMIT);
            first.signal("INT");
            second.signal("INT");
            assertThat(first.await(LIMIT).exitCode()).isEqualTo(130);
            assertThat(second.await(LIMIT).exitCode()).isEqualTo(130);
        }
        assertThat(session("Hi").path("status").asText()).isEqualTo("running");
        rest.open();
        awaitStatus(id, "completed");
        assertThat(get("/sessions/" + id + "/messages")).contains("\"Hello there\"");
    }

    @Test
    void whoeverFollowsASessionInTheMiddleOfItsAnswerIsShownWhatHasComeAndThenWhatComes() throws Exception {
        Gate begin = Gate.closed();
        Gate middle = Gate.closed();
        Gate rest = Gate.closed();
        fake.answer(Answer.text("Hello", " there", " you")
                .holdBefore("\"Hello\"", begin)
                .holdBefore("\" there\"", middle)
                .holdBefore("\" you\"", rest));
        String id = launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        try (RunningProcess early = patchbay("sessions", "follow", id).start()) {
            awaitSubscribers(1);
            begin.open();
            early.awaitStdout("Hello", LIMIT);
            try (RunningProcess late = patchbay("sessions", "follow", id).start()) {
                late.awaitStdout("Hello", LIMIT);
                middle.open();
                late.awaitStdout("Hello there", LIMIT);
                rest.open();
                ProcessOutcome ended = late.await(LIMIT);
                assertThat(ended.exitCode()).as(ended.stderr()).isZero();
                assertThat(ended.stdout()).isEqualTo("Hello there you\n");
            }
            assertThat(early.await(LIMIT).stdout()).isEqualTo("Hello there you\n");
        }
    }

    /** By a variable, by a launch, by an update, and in an answer that tells it. */
    @Test
    void aKeyIsInNoTableLogEventReplyOrArgumentHoweverItCame() throws Exception {
        fake.answer(exchange -> Answer.error(
                        401,
                        "invalid_api_key",
                        "wrong key "
                                + exchange.request().header("authorization").orElse(""))
                .send(exchange));
        String failed = launch("{\"query\":\"Hi\",\"provider\":\"keyed\"}");
        awaitStatus(failed, "failed");
        String given = launch("""
                {"query":"Hi","provider":"mine","proxy_enabled":true,"proxy_base_url":"%s","proxy_model_override":"m",
                 "proxy_api_key":"%s"}
                """.formatted(fake.baseUrl("/v1"), GIVEN));
        awaitStatus(given, "failed");
        ProcessOutcome update = patchbay("sessions", "update", given, "--api-key-env", "CANARY_KEY")
                .run(LIMIT);
        assertThat(update.exitCode()).as(update.stderr()).isZero();
        ProcessOutcome launch = patchbay("launch", "Hi", "-p", "keyed").run(LIMIT);
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(fake.requests())
                .extracting(request -> request.header("authorization").orElse(""))
                .containsExactly("Bearer " + KEY, "Bearer " + GIVEN, "Bearer " + KEY);

        List<String> seen = new ArrayList<>(List.of(
                daemon.stdout(), daemon.stderr(), launch.stdout(), launch.stderr(), update.stdout(), update.stderr()));
        for (String path : List.of(
                "/sessions?leavesOnly=false",
                "/sessions/" + failed,
                "/sessions/" + given,
                "/sessions/" + given + "/messages",
                "/providers",
                "/providers/keyed",
                "/usage")) {
            seen.add(get(path));
        }
        seen.add(events());
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        seen.add(ProcessHandle.of(daemon.pid())
                .map(process -> process.info().commandLine().orElse(""))
                .orElse(""));
        assertThat(seen).allSatisfy(text -> assertThat(text).doesNotContain("canary-of"));
        assertThat(daemon.stderr()).contains("{\"at\":\"");
    }

    private void awaitSubscribers(int number) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!metrics().contains("patchbay_events_subscribers " + number + ".0")) {
            assertThat(System.nanoTime()).as("subscribers in time").isLessThan(deadline);
        }
    }

    private HttpRequest.Builder request(String path) throws IOException {
        URI url = URI.create(MAPPER.readTree(Files.readString(home.resolve("daemon.json")))
                .path("url")
                .asText());
        return HttpRequest.newBuilder(url.resolve(path))
                .header(
                        "authorization",
                        "Bearer " + Files.readString(home.resolve("token")).strip());
    }

    private String launch(String body) throws Exception {
        HttpResponse<String> response = client.send(
                request(API + "/sessions")
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return MAPPER.readTree(response.body()).path("data").path("session_id").asText();
    }

    private String get(String path) throws Exception {
        return client.send(request(API + path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String metrics() throws Exception {
        return client.send(request("/metrics").build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** All that was told, from the first event to the last that there is now. */
    private String events() throws Exception {
        try (Stream<String> lines = client.send(
                        request(API + "/stream/events")
                                .header("last-event-id", "0")
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body()) {
            StringBuilder all = new StringBuilder();
            int[] ended = new int[1];
            lines.takeWhile(line -> {
                        ended[0] += line.contains("\"new_status\":\"failed\"") ? 1 : 0;
                        return ended[0] < 3;
                    })
                    .forEach(all::append);
            return all.toString();
        } catch (UncheckedIOException cut) {
            throw new AssertionError("the stream ended before all was told", cut);
        }
    }

    private JsonNode session(String query) throws Exception {
        for (JsonNode session : MAPPER.readTree(get("/sessions")).path("data")) {
            if (session.path("query").asText().equals(query)) {
                return session;
            }
        }
        throw new AssertionError("there is no session " + query);
    }

    private JsonNode awaitStatus(String id, String status) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            JsonNode session = MAPPER.readTree(get("/sessions/" + id)).path("data");
            if (session.path("status").asText().equals(status)) {
                return session;
            }
            assertThat(System.nanoTime()).as(session + " in time").isLessThan(deadline);
        }
    }
}
