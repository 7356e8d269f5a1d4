package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Clients from npm, as they are published, in a folder below {@code target}. */
final class NodeClients {

    private static final Duration INSTALLATION = Duration.ofMinutes(10);
    private static final Path FOLDER = Path.of("target", "clients").toAbsolutePath();

    private NodeClients() {}

    /** Installs what is not there; skips the test where the environment does not ask for clients from elsewhere. */
    static void install() throws IOException {
        boolean required = "required".equals(System.getenv("PATCHBAY_EXTERNAL"));
        assumeTrue(required, "set PATCHBAY_EXTERNAL=required to test with clients from npm (800 MB)");
        Files.createDirectories(FOLDER);
        boolean changed = copy("package.json");
        copy("sdks.mjs");
        if (changed || !Files.exists(FOLDER.resolve("installed"))) {
            Files.deleteIfExists(FOLDER.resolve("installed"));
            ProcessOutcome outcome = ChildProcess.of(
                            "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
                    .in(FOLDER)
                    .run(INSTALLATION);
            assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
            Files.createFile(FOLDER.resolve("installed"));
        }
    }

    /** A script of ours that uses installed libraries. */
    static ChildProcess script(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", name));
        command.addAll(List.of(arguments));
        return ChildProcess.of(command).in(FOLDER);
    }

    /** An installed program, with a home of its own. */
    static ChildProcess program(String name, Path home, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(FOLDER.resolve("node_modules/.bin").resolve(name).toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.of(command).in(home).env("HOME", home.toString());
    }

    /** Whether the file was not there yet as it is. */
    private static boolean copy(String name) throws IOException {
        Path target = FOLDER.resolve(name);
        byte[] wanted;
        try (InputStream resource = NodeClients.class.getResourceAsStream("/clients/" + name)) {
            wanted = Objects.requireNonNull(resource, name).readAllBytes();
        }
        if (Files.exists(target) && Arrays.equals(Files.readAllBytes(target), wanted)) {
            return false;
        }
        Path part = Files.createTempFile(FOLDER, name, ".part");
        Files.write(part, wanted);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }
}
