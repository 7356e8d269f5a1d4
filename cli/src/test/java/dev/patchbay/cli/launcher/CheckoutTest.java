package dev.patchbay.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a newcomer has: a clone, and the first command. */
@Tag("process")
@Tag("once")
final class CheckoutTest {

    /** Here, since other classes may run in another JVM, which would build a checkout of its own. */
    @Nested
    final class Readme extends ReadmeBlocks {}

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Checkout checkout;

    @BeforeAll
    static void build() throws IOException {
        checkout = Checkout.shared();
    }

    @Test
    void firstCommandBuildsAndAnswers() {
        ProcessOutcome outcome = checkout.firstUse();
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).contains("You asked: Hello").doesNotContain("INFO", "building");
        assertThat(outcome.stderr()).contains("patchbay: building", "patchbay: built in ");
    }

    @Test
    void nextCommandOnlyAnswers() {
        ProcessOutcome outcome = checkout.command("./patchbay", "launch", "Hello", "--provider", "demo")
                .run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).isEqualTo(checkout.firstUse().stdout());
        assertThat(outcome.stderr()).isEmpty();
    }

    @Test
    void startUpCacheAppearsAndServes() throws Exception {
        Path cache = awaitCache(onlyBuild(), "launch-");
        ProcessOutcome outcome = checkout.command("./patchbay", "launch", "Hello", "--provider", "demo")
                .env("JDK_JAVA_OPTIONS", insistOn(cache))
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).contains("You asked: Hello");
    }

    @Test
    void gatewayHasAStartUpCacheOfItsOwn() throws Exception {
        try (RunningProcess first = gateway("").start()) {
            first.awaitStdout("Ctrl-C", LIMIT);
            Path cache = awaitCache(onlyBuild(), "gateway-");
            try (RunningProcess second = gateway(insistOn(cache)).start()) {
                second.awaitStdout("Ctrl-C", LIMIT);
            }
        }
    }

    /** Each command is given the jars that it needs by name; whoever starts a daemon needs those of the daemon. */
    @Test
    void commandsOfTheDaemonFindTheirClasses() {
        try {
            ProcessOutcome launched = checkout.command("./patchbay", "launch", "Hello", "-p", "demo", "--detach")
                    .run(LIMIT);
            if (launched.exitCode() != 0) {
                assertThat(launched.stderr()).as("somebody else's port").contains("cannot listen on 127.0.0.1:");
                ProcessOutcome elsewhere = checkout.command("./patchbay", "daemon", "start", "--port", "0")
                        .run(LIMIT);
                assertThat(elsewhere.exitCode()).as(elsewhere.stderr()).isZero();
                launched = checkout.command("./patchbay", "launch", "Hello", "-p", "demo", "--detach")
                        .run(LIMIT);
            }
            assertThat(launched.exitCode()).as(launched.stderr()).isZero();
            String id = launched.stdout().strip();
            ProcessOutcome followed =
                    checkout.command("./patchbay", "sessions", "follow", id).run(LIMIT);
            assertThat(followed.stdout()).as(followed.stderr()).contains("You asked: Hello");
            for (String command : List.of("sessions update --title T", "sessions archive", "sessions show")) {
                List<String> words = Stream.concat(Stream.of("./patchbay"), Stream.of((command + " " + id).split(" ")))
                        .toList();
                ProcessOutcome outcome =
                        checkout.command(words.toArray(String[]::new)).run(LIMIT);
                assertThat(outcome.exitCode())
                        .as(command + ": " + outcome.stderr())
                        .isZero();
            }
        } finally {
            checkout.command("./patchbay", "daemon", "stop").run(LIMIT);
        }
    }

    private static ChildProcess gateway(String javaOptions) {
        return checkout.command("./patchbay", "gateway", "--port", "0").env("JDK_JAVA_OPTIONS", javaOptions);
    }

    /** The JVM refuses to start if it is told to use a cache that it cannot use. */
    private static String insistOn(Path cache) {
        return cache.toString().endsWith(".aot") ? "-XX:AOTMode=on" : "-Xshare:on";
    }

    private static Path onlyBuild() throws IOException {
        try (Stream<Path> builds = Files.list(checkout.folder().resolve("cli/target/launcher/run"))) {
            return builds.toList().get(0);
        }
    }

    private static Path awaitCache(Path build, String kind) throws Exception {
        try (WatchService watch = build.getFileSystem().newWatchService()) {
            build.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            while (true) {
                List<Path> caches = caches(build, kind);
                if (!caches.isEmpty()) {
                    return caches.get(0);
                }
                var changed = watch.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
                assertThat(changed).as("a cache " + kind + " in " + build).isNotNull();
                changed.reset();
            }
        }
    }

    private static List<Path> caches(Path build, String kind) throws IOException {
        try (Stream<Path> files = Files.list(build)) {
            return files.filter(file -> file.getFileName().toString().startsWith(kind))
                    .filter(file ->
                            file.toString().endsWith(".aot") || file.toString().endsWith(".jsa"))
                    .toList();
        }
    }
}
