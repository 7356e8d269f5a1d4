package dev.patchbay.daemon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TypeScript client against a daemon that is a process of its own. */
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
                "harness.mts", "environment.d.ts", "subscriber.mts", "errors.mts", "silence.mts", "launcher.mts");
        fake = FakeProvider.start().answer(Answer.text("one ", "two ", "three"));
        stalling = FakeProvider.start().answer(Answer.text("one ", "two").holdBefore("two", Gate.closed()));
        daemon = DaemonProcess.start(home, """
            providers:
              ok: {auth: none, baseUrl: "%s", defaultModel: m}
              stall: {auth: none, baseUrl: "%s", defaultModel: m}
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
    void everyEventComesOnceThroughAProxyThatCutsAtRandom() throws IOException {
        try (CuttingProxy proxy = CuttingProxy.start(daemon.url(), 7, 12_000);
                var subscriber = node("subscriber.mjs", proxy.url(), daemon.token(), SESSIONS)
                        .start()) {
            node("launcher.mjs", SESSIONS).run(LIMIT);

            JsonNode told = Json.parse(subscriber.await(LIMIT).stdout());

            List<Long> ids = new ArrayList<>();
            told.path("ids").forEach(id -> ids.add(id.asLong()));
            assertThat(proxy.cuts()).isGreaterThan(5);
            assertThat(ids).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(3 * SESSIONS);
            assertThat(ids).isEqualTo(undisturbed(ids.get(ids.size() - 1)));
            assertThat(told.path("losses").asInt())
                    .isEqualTo(told.path("connects").asInt() - 1);
            assertThat(told.path("deltasWithId").asInt()).isZero();
        }
    }

    /** The ids that one connection without a proxy is given, up to a certain one. */
    private static List<Long> undisturbed(long last) {
        JsonNode told = Json.parse(node("subscriber.mjs", daemon.url(), daemon.token(), SESSIONS)
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

    /** Node's fetch ends a body that is silent for 300 s. */
    @Test
    @Tag("soak")
    void anIdleStreamStaysOneConnection() {
        ProcessOutcome outcome = node("silence.mjs", 330_000).run(Duration.ofMinutes(7));

        assertThat(outcome.stdout()).isEqualTo("{\"connects\":1,\"losses\":[]}\n");
    }

    private static ChildProcess node(String file, Object... arguments) {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return TypeScriptPackage.node(file, texts).env("PATCHBAY_HOME", home.toString());
    }
}
