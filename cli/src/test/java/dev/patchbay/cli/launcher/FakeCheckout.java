package dev.patchbay.cli.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.testkit.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The launcher's own scripts in a folder of their own, with a {@code mvn} that only pretends to build. */
final class FakeCheckout {

    static final Path ROOT = Path.of(System.getProperty("patchbay.root"));

    private static final List<String> TOOLS = List.of(
            "sh",
            "find",
            "sed",
            "tail",
            "head",
            "mkdir",
            "rmdir",
            "mv",
            "cp",
            "rm",
            "date",
            "touch",
            "sleep",
            "readlink",
            "dirname",
            "nohup",
            "nice",
            "cat",
            "tr");

    private static final String MAVEN = """
            #!/bin/sh
            echo "[INFO] Building Patchbay :: cli 1.0"
            echo "$JAVA_HOME $*" >> calls
            [ ! -p gate ] || read -r _ < gate
            if [ -e broken ]; then echo "[ERROR] A.java: does not compile"; exit 1; fi
            mkdir -p cli/target/dist/lib && cp cli.jar cli/target/dist/lib/cli-1.0.jar
            """;

    private final Path folder;
    private final Path tools;

    FakeCheckout(Path parent) throws IOException {
        folder = Files.createDirectories(parent.resolve("a checkout"));
        tools = Files.createDirectories(parent.resolve("tools"));
        copy("patchbay");
        copy("build/newest-jdk");
        copy("build/package");
        copy("build/start-cache");
        write("pom.xml", "<project/>");
        write("cli/pom.xml", "<project/>");
        write("cli/src/main/java/A.java", "class A {}");
        writeJar();
        for (String tool : TOOLS) {
            install(tool, "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
        }
        install("mvn", MAVEN);
    }

    Path folder() {
        return folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** The launcher with arguments; the cache is off, since class folders on the path forbid it. */
    ChildProcess launcher(String... arguments) {
        return process(folder.resolve("patchbay"), arguments);
    }

    ChildProcess process(Path script, String... arguments) {
        List<String> command = Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toList();
        return ChildProcess.of(command)
                .env("PATH", tools.toString())
                .env("PATCHBAY_JAVA_HOME", jdk())
                .env("PATCHBAY_START_CACHE", "off")
                .env("PATCHBAY_HOME", folder.resolve("home").toString());
    }

    static String jdk() {
        return System.getProperty("java.home");
    }

    /** How often Maven was called. */
    List<String> mavenCalls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    void removeMaven() throws IOException {
        Files.delete(tools.resolve("mvn"));
    }

    /** Makes Maven wait until {@link #openGate}. */
    void closeGate() throws IOException, InterruptedException {
        new ProcessBuilder("mkfifo", folder.resolve("gate").toString()).start().waitFor();
    }

    void openGate() throws IOException {
        Files.writeString(folder.resolve("gate"), "go\n");
    }

    void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }

    /** Makes a file newer than everything that happened so far. */
    void touch(String name) throws IOException {
        Files.setLastModifiedTime(
                folder.resolve(name), FileTime.from(Instant.now().plusSeconds(2)));
    }

    private void install(String tool, String script) throws IOException {
        Path file = tools.resolve(tool);
        Files.writeString(file, script);
        file.toFile().setExecutable(true);
    }

    private void copy(String name) throws IOException {
        Path copy = folder.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(ROOT.resolve(name), copy);
        copy.toFile().setExecutable(true);
    }

    /** A jar that holds nothing but the class path of this JVM. */
    private void writeJar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        String urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, urls);
        try (OutputStream out = Files.newOutputStream(folder.resolve("cli.jar"))) {
            new JarOutputStream(out, manifest).close();
        }
    }

    private static Path find(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + tool + " on this machine"));
    }
}
