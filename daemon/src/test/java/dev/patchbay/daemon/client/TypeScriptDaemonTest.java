package dev.patchbay.daemon.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TypeScript client against a daemon that is a process of its own. */
@Tag("once")
@Tag("process")
final class TypeScriptDaemonTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int SESSIONS = 100;

    @TempDir
    static Path home;

    private static FakeProvider fake;
    private static FakeProvider stalling;
    private static DaemonProcess daemon;

    @BeforeAll
    static void start() {
        TypeScriptPackage.install();
        TypeScriptPackage.compileResources(
                "harness.mts",
                "environment.d.ts",
                "subscriber.mts",
                "errors.mts",
                "silence.mts",
                "slept.mts",
                "launcher.mts");
        fake = FakeProvider.start().answer(Answer.text("one ", "two ", "three"));
        stalling = FakeProvider.start().answer(Answer.text("one ", "two").holdBefore("two", Gate.closed()));
        daemon = DaemonProcess.start(home, """
            providers:
              ok: {auth: none, baseUrl: "%s", defaultModel: m}
              stall: {auth: none, baseUrl: "%s", defaultModel: m, http: {idleTimeout: 10m}}
            """.formatted(fake.baseUrl("/v1"), stalling.baseUrl("/v1")), Map.of());
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable resource : Arrays.asList(daemon, fake, stalling)) {
            if (resource != null) {
                close(resource);
            }
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyEventComesOnceThroughAProxyThatCutsAtRandom() {
        followThroughCuts(SESSIONS);
    }

    /** Scenario A01 as it is written: at least 5 000 events. */
    @Test
    @Tag("soak")
    void everyOneOfThousandsOfEventsComesOnceThroughAProxyThatCutsAtRandom() {
        followThroughCuts(1_250);
    }

    private static void followThroughCuts(int sessions) {
        try (CuttingProxy proxy = CuttingProxy.start(daemon.url(), 7, 12_000);
                var subscriber = node("subscriber.mjs", proxy.url(), daemon.token(), sessions)
                        .start()) {
            node("launcher.mjs", sessions).run(LIMIT);

            JsonNode told = Json.parse(subscriber.await(LIMIT).stdout());

            List<Long> ids = new ArrayList<>();
            told.path("ids").forEach(id -> ids.add(id.asLong()));
            assertThat(proxy.cuts()).isGreaterThan(5);
            assertThat(ids).isSorted().doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(4 * sessions);
            assertThat(ids).isEqualTo(undisturbed(sessions, ids.get(ids.size() - 1)));
            assertThat(told.path("losses").asInt())
                    .isEqualTo(told.path("connects").asInt() - 1);
            assertThat(told.path("deltasWithId").asInt()).isZero();
        }
    }

    /** The ids that one connection without a proxy is given, up to a certain one. */
    private static List<Long> undisturbed(int sessions, long last) {
        JsonNode told = Json.parse(node("subscriber.mjs", daemon.url(), daemon.token(), sessions)
                .run(LIMIT)
                .stdout());
        List<Long> ids = new ArrayList<>();
        told.path("ids").forEach(id -> ids.add(id.asLong()));
        assertThat(told.path("connects").asInt()).isOne();
        return ids.stream().filter(id -> id <= last).toList();
    }

    @Test
    void errorsSayWhatTheDaemonSays() {
        ProcessOutcome outcome = node("errors.mjs").run(LIMIT);

        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.stdout().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("409 conflict  | "),
                        line -> assertThat(line)
                                .startsWith("422 invalid query | ")
                                .contains("blank"),
                        line -> assertThat(line).startsWith("404 not_found  | ").contains("no-such-session"),
                        line -> assertThat(line).startsWith("401 unauthorized  | "),
                        line -> assertThat(line).isEqualTo("interrupted"));
    }

    @Test
    void theBlocksOfItsPageRunAsTheyStand() {
        Matcher block = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL).matcher(TypeScriptPackage.page());
        List<String> printed = new ArrayList<>();
        while (block.find()) {
            TypeScriptPackage.write("block.mjs", block.group(1));
            ProcessOutcome outcome = node("block.mjs").run(LIMIT);
            assertThat(outcome.exitCode()).as(block.group(1) + outcome.stderr()).isZero();
            printed.add(outcome.stdout());
        }
        assertThat(printed).hasSize(3);
        assertThat(printed.get(0)).startsWith("completed ").contains("user: Explain recursion", "assistant: ");
        assertThat(printed.get(1)).isNotBlank();
        assertThat(printed.get(2)).startsWith("422 missing_field {").contains("proxyApiKey: ");
    }

    /** A machine that slept, or a network that went away: nothing says that the connection is gone (scenario A02). */
    @Test
    void aConnectionThatLooksOpenIsLeftAndNothingIsMissedOrToldTwice() {
        followBehindAStoppedProxy(20_000);
    }

    /** The same with the client as it is for everybody. */
    @Test
    @Tag("soak")
    void aConnectionThatLooksOpenIsLeftWithinFiftySeconds() {
        followBehindAStoppedProxy(45_000);
    }

    private static void followBehindAStoppedProxy(int silence) {
        try (RunningProcess stopped = proxy("0").start()) {
            stopped.awaitStdout("\n", LIMIT);
            String port = stopped.stdout().strip();
            try (RunningProcess subscriber = node("slept.mjs", "http://127.0.0.1:" + port, daemon.token(), silence)
                    .start()) {
                subscriber.awaitStdout("ended " + launch(), LIMIT);
                stopped.signal("STOP");
                long stoppedAt = System.nanoTime();
                try (RunningProcess another = proxy(port).start()) {
                    another.awaitStdout("\n", LIMIT);
                    subscriber.awaitStdout("ended " + launch(), LIMIT);
                    assertThat(Duration.ofNanos(System.nanoTime() - stoppedAt))
                            .isLessThan(Duration.ofMillis(silence).plusSeconds(5));
                    subscriber.awaitStdout("ended " + launch(), LIMIT);
                    assertToldOnce(subscriber.stdout());
                }
            }
        }
    }

    private static void assertToldOnce(String told) {
        assertThat(told.lines().filter(line -> line.equals("connected"))).hasSize(2);
        assertThat(told.lines().filter(line -> line.startsWith("disconnected")))
                .singleElement()
                .asString()
                .contains("nothing came for ");
        List<Long> ids = told.lines()
                .filter(line -> line.startsWith("event "))
                .map(line -> Long.valueOf(line.substring("event ".length())))
                .toList();
        assertThat(ids)
                .isEqualTo(LongStream.rangeClosed(ids.get(0), ids.get(ids.size() - 1))
                        .boxed()
                        .toList());
    }

    private static ChildProcess proxy(String port) {
        return ChildProcess.java(
                OneConnectionProxy.class.getName(),
                port,
                String.valueOf(daemon.url().getPort()));
    }

    private static String launch() {
        return node("launcher.mjs", 1).run(LIMIT).stdout().strip();
    }

    /** Node's fetch ends a body that is silent for 300 s (scenario A06). */
    @Test
    @Tag("soak")
    void anIdleStreamAndOneOfASilentSessionStayOneConnection() throws IOException {
        listenInSilence(330);
    }

    @Test
    @Tag("slow")
    void noStreamIsSilentForLongerThanFifteenSeconds() throws IOException {
        listenInSilence(17);
    }

    private static void listenInSilence(int seconds) throws IOException {
        try (RunningProcess idle = node("silence.mjs", seconds * 1_000).start();
                RunningProcess waiting =
                        node("silence.mjs", seconds * 1_000, "stall").start();
                Socket recording = new Socket("127.0.0.1", daemon.url().getPort())) {
            recording.setSoTimeout(15_500);
            recording
                    .getOutputStream()
                    .write(("GET /api/v1/stream/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + daemon.token() + "\r\n\r\n")
                            .getBytes(US_ASCII));
            byte[] bytes = new byte[1 << 16];
            while (idle.isAlive() || waiting.isAlive()) {
                // Whatever is silent for longer fails here.
                assertThat(recording.getInputStream().read(bytes)).isPositive();
            }
            for (RunningProcess client : List.of(idle, waiting)) {
                assertThat(client.stdout())
                        .as(client.stderr())
                        .isEqualTo("{\"connects\":1,\"losses\":[],\"errors\":[]}\n");
            }
        }
    }

    private static ChildProcess node(String file, Object... arguments) {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return TypeScriptPackage.node(file, texts).env("PATCHBAY_HOME", home.toString());
    }
}
