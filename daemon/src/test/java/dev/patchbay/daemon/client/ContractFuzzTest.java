package dev.patchbay.daemon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of requests that schemathesis makes from the contract, right ones and wrong ones: what breaks the contract is refused,
 * every reply stands in it, and nothing is a fault of the daemon.
 */
@Tag("process")
@Tag("once")
@Tag("integration")
final class ContractFuzzTest {

    private static final Path TOOL = Path.of("target", "schemathesis").toAbsolutePath();
    private static final Path CONTRACT =
            Path.of("src/main/resources/dev/patchbay/daemon/openapi.yaml").toAbsolutePath();
    private static final Duration INSTALLATION = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @TempDir
    Path home;

    @Test
    void noRequestBreaksTheContract() throws IOException {
        boolean required = "required".equals(System.getenv("PATCHBAY_EXTERNAL"));
        assumeTrue(required, "set PATCHBAY_EXTERNAL=required to test with schemathesis, which comes from PyPI");
        install();
        try (FakeProvider fake = FakeProvider.start();
                DaemonProcess daemon = DaemonProcess.start(
                        home,
                        "providers:\n  ok: {auth: none, baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}\n",
                        Map.of())) {
            ProcessOutcome outcome = ChildProcess.of(List.of(
                            TOOL.resolve("bin/schemathesis").toString(),
                            "run",
                            CONTRACT.toString(),
                            "--origin=" + daemon.url(),
                            "--header=Authorization: Bearer " + daemon.token(),
                            // They relay what a provider says, in the dialect of the client; and one reply that never
                            // ends.
                            "--exclude-tag=Gateway",
                            "--exclude-path=/stream/events",
                            "--phases=examples,coverage,fuzzing",
                            // A request can be of the right shape and still name a provider that is not there.
                            "--exclude-checks=positive_data_acceptance",
                            "--max-examples=100",
                            "--seed=20",
                            "--generation-deterministic",
                            "--request-timeout=20",
                            "--continue-on-failure"))
                    .in(TOOL)
                    .run(LIMIT);

            assertThat(outcome.exitCode())
                    .as(outcome.stdout() + outcome.stderr())
                    .isZero();
        }
    }

    private static void install() throws IOException {
        if (!Files.exists(TOOL.resolve("bin/schemathesis"))) {
            run("python3", "-m", "venv", TOOL.toString());
            run(TOOL.resolve("bin/pip").toString(), "install", "--quiet", "schemathesis==4.32.5");
        }
    }

    private static void run(String... command) {
        ProcessOutcome outcome = ChildProcess.of(command).run(INSTALLATION);
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
    }
}
