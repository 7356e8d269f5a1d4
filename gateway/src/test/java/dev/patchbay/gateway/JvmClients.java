package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Libraries from Maven Central, each with what it depends on and apart from ours, below {@code target}. */
final class JvmClients {

    private static final Duration INSTALLATION = Duration.ofMinutes(15);
    private static final Path FOLDER = Path.of("target", "jvm-clients").toAbsolutePath();

    private JvmClients() {}

    /** A program of ours that uses the libraries of a project file of ours. */
    static ChildProcess program(String project, String name, String... arguments) throws IOException {
        Path folder = FOLDER.resolve(project);
        String classPath = folder + File.pathSeparator + classPath(project, folder);
        run(ChildProcess.of(
                "javac",
                "-proc:none",
                "-nowarn",
                "-d",
                folder.toString(),
                "-cp",
                classPath,
                copy(name + ".java", folder).toString()));
        List<String> command = new ArrayList<>(List.of("java", "-cp", classPath, name));
        command.addAll(List.of(arguments));
        return ChildProcess.of(command).in(folder);
    }

    private static String classPath(String project, Path folder) throws IOException {
        Path file = folder.resolve("class-path");
        if (!Files.exists(file)) {
            String projectFile = copy(project + "-pom.xml", folder).toString();
            Path part = folder.resolve("class-path.part");
            run(ChildProcess.of(
                    "mvn", "-q", "-B", "-f", projectFile, "dependency:build-classpath", "-Dmdep.outputFile=" + part));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file);
    }

    private static Path copy(String name, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path target = folder.resolve(name);
        try (InputStream resource = JvmClients.class.getResourceAsStream("/clients/" + name)) {
            Files.copy(Objects.requireNonNull(resource, name), target, StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }

    private static void run(ChildProcess process) {
        ProcessOutcome outcome = process.run(INSTALLATION);
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
    }
}
