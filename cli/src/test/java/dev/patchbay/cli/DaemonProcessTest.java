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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patchbay daemon} as processes: in the background, in the foreground, and what is said where it cannot run. */
@Tag("process")
final class DaemonProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void configure() throws Exception {
        fake.answer(Answer.text("Hello"));
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/p.yaml"),
                "providers:\n  ok: {auth: none, baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}\n");
    }

    @AfterEach
    void close() {
        patchbay("daemon", "stop").run(LIMIT);
        fake.close();
    }

    private ChildProcess patchbay(String... arguments) {
        return ChildProcess.java(Main.class.getName(), arguments).env("PATCHBAY_HOME", home.toString());
    }

    private JsonNode status() throws Exception {
        return JsonMapper.builder()
                .build()
                .readTree(patchbay("daemon", "status", "--json").run(LIMIT).stdout());
    }

    private HttpResponse<String> ask(URI url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theFoldersThatItMakesAreForThisUserAlone() throws Exception {
        Path state = home.resolve("state");
        Path configuration = home.resolve("configuration");
        ChildProcess start = patchbay("daemon", "start", "--port", "0")
                .env("PATCHBAY_STORE", state.resolve("deep/patchbay.db").toString())
                .env("PATCHBAY_HOME", configuration.toString());
        try {
            ProcessOutcome started = start.run(LIMIT);

            assertThat(started.exitCode()).as(started.stderr()).isZero();
            for (Path folder : new Path[] {configuration, state, state.resolve("deep")}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                        .as(folder.toString())
                        .isEqualTo("rwx------");
            }
        } finally {
            patchbay("daemon", "stop")
                    .env("PATCHBAY_HOME", configuration.toString())
                    .run(LIMIT);
        }
    }

    @Test
    void startsInTheBackgroundIsFoundServesAndStops() throws Exception {
        assertThat(patchbay("daemon", "status").run(LIMIT).exitCode()).isEqualTo(1);
        ProcessOutcome started = patchbay("daemon", "start", "--port", "0").run(LIMIT);
        assertThat(started.exitCode()).as(started.stderr()).isZero();
        assertThat(started.stdout()).startsWith("daemon started on http://127.0.0.1:");
        assertThat(patchbay("daemon", "start").run(LIMIT).stdout()).startsWith("a daemon runs already on ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("daemon.json"))))
                .isEqualTo("rw-------");
        JsonNode status = status();
        assertThat(status.path("running").asBoolean()).isTrue();
        URI url = URI.create(status.path("url").asText());
        String token = Files.readString(home.resolve("token")).strip();
        assertThat(ask(url.resolve("/api/v1/sessions")).statusCode()).isEqualTo(401);
        assertThat(ask(url.resolve("/api/v1/sessions"), "authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(ask(url.resolve("/v1/models"), "x-api-key", token).body()).contains("\"id\":\"m\"");
        assertThat(patchbay("daemon", "logs").run(LIMIT).stdout())
                .contains("patchbay daemon on " + url, "GET /api/v1/sessions 401")
                .doesNotContain(token);
        assertThat(patchbay("daemon", "stop").run(LIMIT).stdout()).isEqualTo("stopped\n");
        assertThat(home.resolve("daemon.json")).doesNotExist();
        assertThat(patchbay("daemon", "status").run(LIMIT).stdout()).isEqualTo("not running\n");
    }

    /** Whoever comes second uses what the first one starts, and one that has not quite ended is not in the way of the next. */
    @Test
    void severalStartsAtOnceMakeOneDaemonAndAllSayWhereItIs() throws Exception {
        try (RunningProcess one = patchbay("daemon", "start", "--port", "0").start();
                RunningProcess other =
                        patchbay("daemon", "start", "--port", "0").start()) {
            List<ProcessOutcome> outcomes = List.of(one.await(LIMIT), other.await(LIMIT));
            assertThat(outcomes)
                    .as(outcomes.toString())
                    .allSatisfy(outcome -> assertThat(outcome.exitCode()).isZero());
            String url = status().path("url").asText();
            assertThat(outcomes.stream().map(ProcessOutcome::stdout))
                    .anySatisfy(text -> assertThat(text).startsWith("daemon started on " + url))
                    .anySatisfy(text -> assertThat(text).startsWith("a daemon runs already on " + url));
        }
    }

    @Test
    void aFileThatNamesAStrangerIsNotBelieved() throws Exception {
        try (RunningProcess daemon = patchbay("daemon", "start", "--foreground", "--port", "0")
                        .start();
                RunningProcess stranger = ChildProcess.of("sleep", "600").start()) {
            daemon.awaitStdout("patchbay daemon on ", LIMIT);
            daemon.signal("KILL");
            daemon.await(LIMIT);
            String file = Files.readString(home.resolve("daemon.json"));
            Files.writeString(
                    home.resolve("daemon.json"), file.replaceAll("\"pid\":\\d+", "\"pid\":" + stranger.pid()));
            assertThat(patchbay("daemon", "status").run(LIMIT).exitCode()).isEqualTo(1);
            assertThat(patchbay("daemon", "stop").run(LIMIT).stdout()).isEqualTo("not running\n");
            assertThat(stranger.isAlive()).isTrue();
            ProcessOutcome again = patchbay("daemon", "start", "--port", "0").run(LIMIT);
            assertThat(again.stdout()).as(again.stderr()).startsWith("daemon started on ");
            assertThat(stranger.isAlive()).isTrue();
            patchbay("daemon", "stop").run(LIMIT);

            // Somebody else's server at the port that the file names.
            Files.writeString(
                    home.resolve("daemon.json"),
                    file.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + fake.port())
                            .replaceAll("\"port\":\\d+", "\"port\":" + fake.port()));
            assertThat(patchbay("daemon", "status").run(LIMIT).exitCode()).isEqualTo(1);
            assertThat(patchbay("daemon", "stop").run(LIMIT).stdout()).isEqualTo("not running\n");
            assertThat(patchbay("daemon", "start", "--port", "0").run(LIMIT).stdout())
                    .startsWith("daemon started on ");
        }
    }

    @Test
    void aPortThatIsTakenIsSaidWithWhatAnswersThere() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            ProcessOutcome refused = patchbay("daemon", "start", "--port", String.valueOf(silent.getLocalPort()))
                    .run(LIMIT);
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.stderr())
                    .contains("cannot listen on 127.0.0.1:" + silent.getLocalPort(), "or take another port")
                    .doesNotContain("\tat ");
        }
        ProcessOutcome refused = patchbay("daemon", "start", "--port", String.valueOf(fake.port()))
                .run(LIMIT);
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stderr()).contains("a web server answers there");
        Files.delete(home.resolve("daemon.log"));
        Files.createSymbolicLink(home.resolve("daemon.log"), Path.of("/dev/full"));
        ProcessOutcome unsaid = patchbay("--config", "/no/such/file.yaml", "daemon", "start", "--port", "0")
                .run(LIMIT);
        assertThat(unsaid.exitCode()).isEqualTo(3);
        assertThat(unsaid.stderr()).contains("could not write why", "--foreground");
        Files.delete(home.resolve("daemon.log"));
        assertThat(patchbay("daemon", "start", "--port", "0")
                        .env("PATCHBAY_STORE", "off")
                        .run(LIMIT)
                        .exitCode())
                .isEqualTo(2);
        assertThat(home.resolve("daemon.json")).doesNotExist();
    }

    @Test
    void aPortThatIsTakenOnTheOtherFamilyAloneIsServedOnThisOne() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getByName("::1"))) {
            ProcessOutcome started = patchbay("daemon", "start", "--port", String.valueOf(other.getLocalPort()))
                    .run(LIMIT);
            assertThat(started.stdout())
                    .as(started.stderr())
                    .startsWith("daemon started on http://127.0.0.1:" + other.getLocalPort());
            assertThat(status().path("running").asBoolean()).isTrue();
        }
    }

    @Test
    void endsInTheForegroundBySignal() throws Exception {
        try (RunningProcess daemon =
                patchbay("daemon", "start", "--foreground", "--port", "0").start()) {
            daemon.awaitStdout("patchbay daemon on ", LIMIT);
            daemon.signal("INT");
            assertThat(daemon.await(LIMIT).exitCode()).isEqualTo(130);
            assertThat(home.resolve("daemon.json")).doesNotExist();
        }
    }

    @Test
    void aDetachedLaunchRunsInTheDaemonAndIsFollowedToItsLastWord() throws Exception {
        ProcessOutcome started = patchbay("daemon", "start", "--port", "0").run(LIMIT);
        assertThat(started.exitCode()).as(started.stderr()).isZero();
        ProcessOutcome detached = patchbay("launch", "Hi", "-p", "ok", "--detach", "-o", "temperature=0.5")
                .run(LIMIT);
        assertThat(detached.exitCode()).as(detached.stderr()).isZero();
        String id = detached.stdout().strip();
        ProcessOutcome followed =
                patchbay("sessions", "follow", id.substring(0, 8)).run(LIMIT);
        assertThat(followed.stdout()).isEqualTo("Hello\n");
        assertThat(followed.exitCode()).isZero();
        assertThat(fake.requests().get(0).text()).contains("\"temperature\":0.5");

        Gate second = Gate.closed();
        fake.enqueue(Answer.text("slow", "ly").holdBefore("\"ly\"", second), Answer.text("x"));
        String child = patchbay("launch", "More", "--session", id, "--detach")
                .run(LIMIT)
                .stdout()
                .strip();
        try (RunningProcess follower = patchbay("sessions", "follow", child).start()) {
            fake.takeRequest(LIMIT);
            ProcessOutcome update =
                    patchbay("sessions", "update", child, "--title", "Renamed").run(LIMIT);
            assertThat(update.exitCode()).as(update.stderr()).isZero();
            assertThat(patchbay("sessions", "interrupt", child).run(LIMIT).exitCode())
                    .isZero();
            ProcessOutcome ended = follower.await(LIMIT);
            assertThat(ended.exitCode()).isEqualTo(130);
            assertThat(ended.stdout()).startsWith("slow");
        }
        assertThat(patchbay("sessions", "interrupt", child).run(LIMIT).exitCode())
                .isEqualTo(1);
        assertThat(patchbay("sessions", "archive", child).run(LIMIT).exitCode()).isZero();
        assertThat(patchbay("sessions", "show", child).run(LIMIT).stdout()).contains("Renamed");
    }

    /** Scenario D06: how it ended and what was answered are in the object, whichever command shows them. */
    @Test
    void whoeverFollowsForAProgramIsGivenOneObject() throws Exception {
        ProcessOutcome started = patchbay("daemon", "start", "--port", "0").run(LIMIT);
        assertThat(started.exitCode()).as(started.stderr()).isZero();
        Gate second = Gate.closed();
        fake.enqueue(
                Answer.text("slow", "ly").holdBefore("\"ly\"", second),
                Answer.error(401, "authentication_error", "This key was revoked."));
        String id = patchbay("launch", "Hi", "-p", "ok", "--detach")
                .run(LIMIT)
                .stdout()
                .strip();
        try (RunningProcess follower =
                patchbay("sessions", "follow", id, "--json").start()) {
            fake.takeRequest(LIMIT);
            second.open();
            ProcessOutcome ended = follower.await(LIMIT);
            JsonNode session = JsonMapper.builder().build().readTree(ended.stdout());
            assertThat(ended.exitCode()).as(ended.stderr()).isZero();
            assertThat(session.path("status").asText()).isEqualTo("completed");
            assertThat(session.path("answer").asText()).isEqualTo("slowly");
        }
        String failed = patchbay("launch", "Hi", "-p", "ok", "--detach")
                .run(LIMIT)
                .stdout()
                .strip();
        ProcessOutcome told = patchbay("sessions", "follow", failed, "--json").run(LIMIT);
        JsonNode session = JsonMapper.builder().build().readTree(told.stdout());
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(session.path("status").asText()).isEqualTo("failed");
        assertThat(session.path("error").path("status").asInt()).isEqualTo(401);
    }

    /** Scenario D14. */
    @Test
    void everyCommandOfTheDaemonEndsWithoutATerminal() {
        for (String command : List.of("start --port 0", "open", "status", "logs", "stop", "status", "logs", "stop")) {
            List<String> words = new ArrayList<>(List.of("setsid", "--wait"));
            words.addAll(PseudoTerminal.java(""));
            words.add("daemon");
            words.addAll(List.of(command.split(" ")));
            ProcessOutcome ended =
                    ChildProcess.of(words).env("PATCHBAY_HOME", home.toString()).run(LIMIT);
            assertThat(ended.exitCode()).as(command + ": " + ended.stderr()).isIn(0, 1);
            if (command.equals("open")) {
                assertThat(ended.stdout()).matches("http://127\\.0\\.0\\.1:\\d+/login\\?code=\\S+\n");
            }
        }
    }

    /** Scenario A12, as often as it has it. */
    @Test
    @Tag("soak")
    void whoeverFollowsIsToldTheWholeAnswerEachTime() throws Exception {
        String[] words = new String[50];
        Arrays.fill(words, "a word ");
        fake.answer(Answer.text(words));
        ProcessOutcome started = patchbay("daemon", "start", "--port", "0").run(LIMIT);
        assertThat(started.exitCode()).as(started.stderr()).isZero();
        for (int i = 0; i < 200; i++) {
            ProcessOutcome detached =
                    patchbay("launch", "Hi", "-p", "ok", "--detach", "--json").run(LIMIT);
            assertThat(detached.exitCode()).as(detached.stderr()).isZero();
            String id = JsonMapper.builder()
                    .build()
                    .readTree(detached.stdout())
                    .path("id")
                    .asText();
            ProcessOutcome followed = patchbay("sessions", "follow", id).run(LIMIT);
            assertThat(followed.stdout().strip())
                    .as("time " + i)
                    .isEqualTo(String.join("", words).strip());
            assertThat(followed.exitCode()).isZero();
        }
    }

    /** Whether a daemon runs is nothing that a script should have to know. */
    @Test
    void whatTheDaemonRefusesIsToldAndEndsAsWhereNoneRuns() throws Exception {
        assertThat(patchbay("launch", "Hi", "-p", "ok").run(LIMIT).exitCode()).isZero();
        String id = idOfTheOnlySession();
        List<List<String>> changes = List.of(
                List.of("--base-url", "http://u:pw@127.0.0.1/v1"),
                List.of("--base-url", "nonsense"),
                List.of("--provider", "nobody"),
                List.of("--provider", "nobody", "--base-url", "https://api.example.com/v1"));
        List<CliHarness.Result> here =
                changes.stream().map(change -> update(id, change)).toList();
        ProcessOutcome started = patchbay("daemon", "start", "--port", "0").run(LIMIT);
        assertThat(started.exitCode()).as(started.stderr()).isZero();
        for (int i = 0; i < changes.size(); i++) {
            CliHarness.Result there = update(id, changes.get(i));
            assertThat(there.exitCode()).as(there.err()).isEqualTo(3);
            assertThat(there.err())
                    .isEqualTo(here.get(i).err().replaceFirst("^sessions update: ", "daemon: "))
                    .doesNotContain("proxy");
            assertThat(here.get(i).exitCode()).isEqualTo(3);
        }
    }

    private CliHarness.Result update(String id, List<String> change) {
        List<String> words = new ArrayList<>(List.of("sessions", "update", id));
        words.addAll(change);
        return new CliHarness(home).run(words.toArray(String[]::new));
    }

    private String idOfTheOnlySession() throws Exception {
        return JsonMapper.builder()
                .build()
                .readTree(new CliHarness(home).run("sessions", "list", "--json").out())
                .path("data")
                .path(0)
                .path("id")
                .asText();
    }

    @Test
    void aSessionWhoseKeyTheDaemonHasNotIsRefusedAsWhereNoneRuns() throws Exception {
        ProcessOutcome keyed = patchbay(
                        "launch",
                        "Hi",
                        "--base-url",
                        fake.baseUrl("/v1").toString(),
                        "--model",
                        "m",
                        "--api-key-env",
                        "MY_KEY")
                .env("MY_KEY", "key-of-the-caller")
                .run(LIMIT);
        assertThat(keyed.exitCode()).as(keyed.stderr()).isZero();
        assertThat(patchbay("daemon", "start", "--port", "0").run(LIMIT).exitCode())
                .isZero();
        ProcessOutcome refused = patchbay("launch", "More", "-c", "--detach").run(LIMIT);
        assertThat(refused.exitCode()).as(refused.stderr()).isEqualTo(3);
        assertThat(refused.stderr()).contains("give --api-key-env anew").doesNotContain("proxy");
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void aDaemonThatLacksAVariableOfTheCallerSaysSo() throws Exception {
        Files.writeString(home.resolve("providers/q.yaml"), """
                providers:
                  keyed: {baseUrl: "%s", apiKey: $KEY_OF_THE_CALLER, defaultModel: m}
                """.formatted(fake.baseUrl("/v1")));
        assertThat(patchbay("daemon", "start", "--port", "0").run(LIMIT).exitCode())
                .isZero();
        ProcessOutcome refused = patchbay("launch", "Hi", "-p", "keyed", "--detach")
                .env("KEY_OF_THE_CALLER", "secret-of-the-caller")
                .run(LIMIT);
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stderr())
                .contains("KEY_OF_THE_CALLER is set here, but not in the daemon's environment of ")
                .doesNotContain("secret-of-the-caller");
        ProcessOutcome here = patchbay("launch", "Hi", "-p", "keyed")
                .env("KEY_OF_THE_CALLER", "secret-of-the-caller")
                .run(LIMIT);
        assertThat(here.stdout()).isEqualTo("Hello\n");
    }

    /** A prompt goes only to the provider that was named, and that is the one of the file that wins over every other. */
    @Test
    void aLaunchWithFilesThatTheDaemonHasNotIsNotHandedToIt() throws Exception {
        Path file = Files.writeString(
                home.resolve("over.yaml"),
                "providers:\n  ok: {auth: none, baseUrl: \"http://127.0.0.1:9/v1\", defaultModel: m}\n");
        assertThat(patchbay("daemon", "start", "--port", "0").run(LIMIT).exitCode())
                .isZero();
        for (ChildProcess launch : List.of(
                patchbay("launch", "Hi", "--config", file.toString(), "-p", "ok", "--detach"),
                patchbay("launch", "Hi", "-p", "ok", "--detach").env("PATCHBAY_CONFIG", file.toString()))) {
            ProcessOutcome refused = launch.run(LIMIT);
            assertThat(refused.exitCode()).as(refused.stderr()).isEqualTo(3);
            assertThat(refused.stderr())
                    .containsAnyOf("--config is not handed", "PATCHBAY_CONFIG is not handed")
                    .contains("put the file into " + home.resolve("providers") + ", or leave out --detach");
        }
        assertThat(fake.requests()).isEmpty();

        patchbay("daemon", "stop").run(LIMIT);
        assertThat(patchbay("daemon", "start", "--port", "0")
                        .env("PATCHBAY_CONFIG", file.toString())
                        .run(LIMIT)
                        .exitCode())
                .isZero();
        ProcessOutcome same = patchbay("launch", "Hi", "--config", file.toString(), "-p", "ok", "--detach")
                .run(LIMIT);
        assertThat(same.exitCode()).as(same.stderr()).isZero();
    }

    @Test
    void aLaunchWithAnotherStoreThanTheDaemonsIsNotHandedToIt() throws Exception {
        assertThat(patchbay("daemon", "start", "--port", "0").run(LIMIT).exitCode())
                .isZero();
        for (String store : List.of("off", home.resolve("other.db").toString())) {
            ProcessOutcome refused = patchbay("launch", "Hi", "-p", "ok", "--detach")
                    .env("PATCHBAY_STORE", store)
                    .run(LIMIT);
            assertThat(refused.exitCode()).as(refused.stderr()).isEqualTo(2);
            assertThat(refused.stderr()).contains("--detach leaves the session in the", "PATCHBAY_STORE");
        }
        assertThat(fake.requests()).isEmpty();
        ProcessOutcome same = patchbay("launch", "Hi", "-p", "ok", "--detach")
                .env("PATCHBAY_STORE", home.resolve("patchbay.db").toString())
                .run(LIMIT);
        assertThat(same.exitCode()).as(same.stderr()).isZero();
    }

    /** The folder of sessions follows from another variable where no home is named. */
    @Test
    void aLaunchWhoseSessionsAreKeptElsewhereIsNotHandedToTheDaemonAndWhatItKeepsIsChangedHere() throws Exception {
        Path config = Files.createDirectories(home.resolve("config"));
        Files.createDirectories(config.resolve("patchbay/providers"));
        Files.copy(home.resolve("providers/p.yaml"), config.resolve("patchbay/providers/p.yaml"));
        assertThat(atHome(config, "one", "daemon", "start", "--port", "0").exitCode())
                .isZero();
        try {
            ProcessOutcome refused = atHome(config, "other", "launch", "Hi", "-p", "ok", "--detach");
            assertThat(refused.exitCode()).as(refused.stderr()).isEqualTo(2);
            assertThat(refused.stderr())
                    .contains(home.resolve("one/patchbay/patchbay.db").toString())
                    .contains(home.resolve("other/patchbay/patchbay.db").toString());
            assertThat(fake.requests()).isEmpty();
            assertThat(atHome(config, "other", "daemon", "start").stderr()).contains("XDG_STATE_HOME: without effect");
            assertThat(atHome(config, "other", "launch", "Hi", "-p", "ok").exitCode())
                    .isZero();
            String id = JsonMapper.builder()
                    .build()
                    .readTree(atHome(config, "other", "sessions", "list", "--json")
                            .stdout())
                    .path("data")
                    .path(0)
                    .path("id")
                    .asText();
            ProcessOutcome update = atHome(config, "other", "sessions", "update", id, "--title", "Renamed");
            assertThat(update.exitCode()).as(update.stderr()).isZero();
        } finally {
            atHome(config, "one", "daemon", "stop");
        }
    }

    private ProcessOutcome atHome(Path config, String state, String... arguments) {
        return ChildProcess.java(Main.class.getName(), arguments)
                .env("XDG_CONFIG_HOME", config.toString())
                .env("XDG_STATE_HOME", home.resolve(state).toString())
                .run(LIMIT);
    }

    @Test
    void aStartBesideADaemonThatRunsNamesWhatHasNoEffect() throws Exception {
        assertThat(patchbay("daemon", "start", "--port", "0").run(LIMIT).stderr())
                .isEmpty();
        assertThat(patchbay("daemon", "start").run(LIMIT).stderr()).isEmpty();
        ProcessOutcome again = patchbay(
                        "daemon",
                        "start",
                        "--port",
                        "29999",
                        "--allow-origin",
                        "https://app.example.com",
                        "--config",
                        home.resolve("providers/p.yaml").toString())
                .run(LIMIT);
        assertThat(again.exitCode()).isZero();
        assertThat(again.stderr())
                .contains("--port, --allow-origin, --config: without effect on a daemon that runs", "daemon stop");
    }
}
