import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Measures how long patchbay takes to start and end; see the script {@code startup} beside it. */
final class StartUp {

    private static final int FILES = 100;

    private final Path launcher;
    private final Path home;
    private final int runs;

    private StartUp(Path launcher, Path home, int runs) {
        this.launcher = launcher;
        this.home = home;
        this.runs = runs;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]).toRealPath();
        String java = Path.of(arguments[1], "bin", "java").toString();
        Path home = Files.createTempDirectory("patchbay-startup");
        try {
            writeProviders(home.resolve("providers"));
            new StartUp(root.resolve("patchbay"), home, Integer.parseInt(arguments[2])).report(root, java);
        } finally {
            delete(home);
        }
    }

    private void report(Path root, String java) throws Exception {
        run(Map.of(), launcher.toString(), "--version");
        awaitCache(root.resolve("cli/target/launcher/run"));
        Map<String, String> uncached = Map.of("PATCHBAY_START_CACHE", "off");
        System.out.printf(Locale.ROOT, "%-44s %6s %6s %7s%n", "milliseconds, " + runs + " runs", "least", "median", "target");
        row("java -version (the JVM alone)", "", Map.of(), java, "-version");
        row("patchbay --version", "150", Map.of(), launcher.toString(), "--version");
        row("patchbay --version, no cache", "", uncached, launcher.toString(), "--version");
        row("patchbay --help", "", Map.of(), launcher.toString(), "--help");
        row("patchbay providers list, " + FILES + " files", "300", Map.of(), launcher.toString(), "providers", "list");
        row("patchbay providers list, no cache", "", uncached, launcher.toString(), "providers", "list");
        row("patchbay launch, demo", "", Map.of(), launcher.toString(), "launch", "Hello", "--provider", "demo");
    }

    private void row(String name, String target, Map<String, String> environment, String... command) throws Exception {
        run(environment, command);
        long[] nanos = new long[runs];
        for (int i = 0; i < runs; i++) {
            long began = System.nanoTime();
            run(environment, command);
            nanos[i] = System.nanoTime() - began;
        }
        long[] sorted = LongStream.of(nanos).sorted().toArray();
        System.out.printf(
                Locale.ROOT, "%-44s %6d %6d %7s%n", name, millis(sorted[0]), millis(sorted[runs / 2]), target);
    }

    private void run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PATCHBAY_HOME", home.toString());
        builder.environment().put("PROVIDER_KEY", "a-key-that-opens-nothing");
        builder.environment().remove("PATCHBAY_CONFIG");
        builder.environment().putAll(environment);
        Process process = builder.start();
        // A question is appended what stands in a pipe, and its end is waited for.
        process.getOutputStream().close();
        int exitCode = process.waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException(List.of(command) + " ended with " + exitCode);
        }
    }

    /** The cache is made in the background after a build; measuring before it is there would measure something else. */
    private static void awaitCache(Path builds) throws Exception {
        for (int second = 0; second < 60; second++) {
            try (Stream<Path> files = Files.walk(builds)) {
                List<String> names = files.map(Path::toString).toList();
                boolean making = names.stream().anyMatch(name -> name.contains(".lock"));
                if (!making && names.stream().anyMatch(name -> name.endsWith(".aot") || name.endsWith(".jsa"))) {
                    return;
                }
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new IllegalStateException("no start-up cache appeared in " + builds);
    }

    private static void writeProviders(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            lines.clear();
            lines.add("providers:");
            lines.add("  provider-" + i + ":");
            lines.add("    name: Provider " + i);
            lines.add("    baseUrl: https://api" + i + ".example.com/openai/v1");
            lines.add("    apiKey: $PROVIDER_KEY");
            lines.add("    defaultModel: large");
            lines.add("    models:");
            lines.add("      large: {context: 131072, maxOutput: 32768, input: [text, image], tools: true}");
            lines.add("      small: {context: 131072, maxOutput: 8192}");
            lines.add("    aliases: {sonnet: large, haiku: small}");
            lines.add("    headers: {X-Team: platform}");
            Files.write(folder.resolve("provider-" + i + ".yaml"), lines);
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
