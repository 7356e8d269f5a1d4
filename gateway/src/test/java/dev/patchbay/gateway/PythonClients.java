package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Libraries from PyPI, as they are published, each set of them in an environment below {@code target}. */
final class PythonClients {

    private static final Duration INSTALLATION = Duration.ofMinutes(15);
    private static final Path FOLDER = Path.of("target", "python-clients").toAbsolutePath();

    private PythonClients() {}

    /** A script of ours that uses these libraries, which are installed at its first use. */
    static ChildProcess script(List<String> packages, String name, String... arguments) throws IOException {
        Path environment = environment(packages);
        Path target = FOLDER.resolve(name);
        try (InputStream resource = PythonClients.class.getResourceAsStream("/clients/" + name)) {
            Files.copy(Objects.requireNonNull(resource, name), target, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command =
                new ArrayList<>(List.of(environment.resolve("bin/python").toString(), target.toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.of(command).in(FOLDER);
    }

    /** An installed program of these libraries, in this home. */
    static ChildProcess program(List<String> packages, String name, Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(environment(packages).resolve("bin").resolve(name).toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.of(command).in(home).env("HOME", home.toString());
    }

    private static Path environment(List<String> packages) throws IOException {
        Path environment = FOLDER.resolve(String.join("-", packages).replaceAll("[^A-Za-z0-9.-]", "_"));
        if (!Files.exists(environment.resolve("installed"))) {
            run(ChildProcess.of("python3", "-m", "venv", "--clear", environment.toString()));
            List<String> command = new ArrayList<>(
                    List.of(environment.resolve("bin/pip").toString(), "-q", "--disable-pip-version-check", "install"));
            command.addAll(packages);
            run(ChildProcess.of(command));
            Files.createFile(environment.resolve("installed"));
        }
        return environment;
    }

    private static void run(ChildProcess process) {
        ProcessOutcome outcome = process.run(INSTALLATION);
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
    }
}
