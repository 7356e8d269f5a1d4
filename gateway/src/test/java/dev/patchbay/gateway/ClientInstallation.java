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

/** Clients from npm below {@code target}; what the profile {@code clients} needs is installed at its first use. */
final class ClientInstallation {

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Path FOLDER = Path.of("target", "client-matrix").toAbsolutePath();

    private ClientInstallation() {}

    /** A script of ours that uses the libraries of an npm package of ours. */
    static ChildProcess script(String packages, String name, String... arguments) throws IOException {
        Path folder = npm(packages);
        return ChildProcess.of(command(List.of("node", copy(name, folder).toString()), arguments))
                .in(folder);
    }

    /** An installed program of an npm package of ours, in this home. */
    static ChildProcess program(String packages, String name, Path home, String... arguments) throws IOException {
        Path binaries = npm(packages).resolve("node_modules/.bin");
        // A newer Node than the machine's, where the package brings one.
        return ChildProcess.of(command(List.of(binaries.resolve(name).toString()), arguments))
                .in(home)
                .env("HOME", home.toString())
                .env("PATH", binaries + ":" + System.getenv("PATH"));
    }

    private static Path npm(String packages) throws IOException {
        Path folder = FOLDER.resolve(packages.replace("-package.json", ""));
        Path wanted = copy(packages, folder);
        Path installed = folder.resolve("installed");
        if (!Files.exists(installed) || Files.mismatch(wanted, installed) >= 0) {
            Files.deleteIfExists(installed);
            Files.copy(wanted, folder.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
            run(ChildProcess.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
                    .in(folder));
            Files.copy(wanted, installed);
        }
        return folder;
    }

    private static void run(ChildProcess process) {
        ProcessOutcome outcome = process.run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
    }

    private static Path copy(String name, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path target = folder.resolve(name);
        try (InputStream resource = ClientInstallation.class.getResourceAsStream("/clients/" + name)) {
            Files.copy(Objects.requireNonNull(resource, name), target, StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }

    private static List<String> command(List<String> program, String... arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        return command;
    }
}
