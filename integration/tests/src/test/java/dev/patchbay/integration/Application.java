package dev.patchbay.integration;

import dev.patchbay.testkit.ChildProcess;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An application that serves {@code /ask} and {@code /stream}, as its users build and start it. */
enum Application {
    MODULAR,
    BOOT3,
    BOOT4,
    QUARKUS;

    private static final String MODULAR_MAIN = "com.example.modular/com.example.modular.ModularApplication";

    /** How to start it on a free port of loopback. */
    ChildProcess on(Map<String, String> properties) {
        return started(java(), properties, program());
    }

    /** Puts the modular application, and what it requires of us and of the JDK, into an image. */
    static ChildProcess link(Path image) {
        return ChildProcess.of(
                tool("jlink"),
                "-p",
                modules(),
                "--add-modules",
                "com.example.modular",
                "--output",
                image.toString());
    }

    /** How to start the modular application from an image, with the built-in providers, which an image cannot hold, beside it. */
    static ChildProcess linked(Path image, Map<String, String> properties) {
        String builtIn = target("modular", "modules/patchbay-providers-builtin-0.1.0-SNAPSHOT.jar");
        return started(
                image.resolve("bin/java").toString(),
                properties,
                List.of("-p", builtIn, "--add-modules", "dev.patchbay.builtin", "-m", MODULAR_MAIN));
    }

    private static ChildProcess started(String java, Map<String, String> properties, List<String> program) {
        List<String> command = new ArrayList<>(List.of(java, "-Xmx256m"));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-Dserver.port=0", "-Dserver.address=127.0.0.1"));
        command.addAll(List.of("-Dquarkus.http.port=0", "-Dquarkus.http.host=127.0.0.1"));
        command.addAll(program);
        return ChildProcess.of(command);
    }

    private List<String> program() {
        return switch (this) {
            case MODULAR -> List.of("-p", modules(), "-m", MODULAR_MAIN);
            case BOOT3 -> List.of("-jar", target("boot3", "boot3-1.0.0.jar"));
            case BOOT4 -> List.of("-jar", target("boot4", "boot4-1.0.0.jar"));
            case QUARKUS -> List.of("-jar", target("quarkus", "quarkus-1.0.0-runner.jar"));
        };
    }

    private static String modules() {
        return target("modular", "modules") + File.pathSeparator + target("modular", "modular-1.0.0.jar");
    }

    static String java() {
        return tool("java");
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home", ""), "bin", name).toString();
    }

    /** What the build of an application left. */
    static String target(String application, String name) {
        return root().resolve("integration")
                .resolve(application)
                .resolve("target")
                .resolve(name)
                .toString();
    }

    static Path root() {
        return Path.of(System.getProperty("patchbay.root", ""));
    }
}
