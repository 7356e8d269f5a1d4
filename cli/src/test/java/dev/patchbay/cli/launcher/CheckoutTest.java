package dev.patchbay.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ProcessOutcome;
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
import org.junit.jupiter.api.Test;

/** What a newcomer has: a clone, and the first command. */
final class CheckoutTest {

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
        Path cache = awaitCache(onlyBuild());
        // The JVM refuses to start if it is told to use a cache that it cannot use.
        String insist = cache.toString().endsWith(".aot") ? "-XX:AOTMode=on" : "-Xshare:on";
        ProcessOutcome outcome = checkout.command("./patchbay", "--version")
                .env("JDK_JAVA_OPTIONS", insist)
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).hasLineCount(1);
    }

    private static Path onlyBuild() throws IOException {
        try (Stream<Path> builds = Files.list(checkout.folder().resolve("cli/target/launcher/run"))) {
            return builds.toList().get(0);
        }
    }

    private static Path awaitCache(Path build) throws Exception {
        try (WatchService watch = build.getFileSystem().newWatchService()) {
            build.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            while (true) {
                List<Path> caches = caches(build);
                if (!caches.isEmpty()) {
                    return caches.get(0);
                }
                var changed = watch.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
                assertThat(changed).as("a cache in " + build).isNotNull();
                changed.reset();
            }
        }
    }

    private static List<Path> caches(Path build) throws IOException {
        try (Stream<Path> files = Files.list(build)) {
            return files.filter(file ->
                            file.toString().endsWith(".aot") || file.toString().endsWith(".jsa"))
                    .toList();
        }
    }
}
