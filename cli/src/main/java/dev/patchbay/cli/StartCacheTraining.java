package dev.patchbay.cli;

import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.StandardStreams;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.config.ProcessEnvironment;
import dev.patchbay.internal.config.template.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The run from which the start-up cache is made: it uses what the commands use, reads nothing of the user's, speaks only with
 * itself and prints nothing.
 */
final class StartCacheTraining {

    /** What is answered from files alone. */
    private static final List<List<String>> QUICK = List.of(
            List.of("--version"),
            List.of("--help"),
            List.of("launch", "--unknown"),
            List.of("providers", "list"),
            List.of("providers", "list", "--json"),
            List.of("providers", "show", "training"),
            List.of("providers", "validate"),
            List.of("plugins", "list"));

    /** Where no provider is ready, the catalogue is looked at for one. */
    private static final List<List<String>> WITHOUT_KEY = List.of(List.of("providers", "list"));

    /** What speaks with a provider. */
    private static final List<List<String>> LAUNCH = List.of(
            List.of("launch", "Hello", "--provider", "demo"),
            List.of("launch", "Hello", "--provider", "training"),
            List.of("launch", "Hello", "--provider", "training-messages", "--json"),
            List.of("launch", "Hello", "--provider", "training", "-c"),
            List.of("launch", "Hello", "--provider", "nobody"),
            List.of("sessions", "list"),
            List.of("sessions", "list", "--json"),
            List.of("sessions", "search", "hello"),
            List.of("usage"));

    private StartCacheTraining() {}

    /**
     * Trains for {@code launch}, for {@code gateway} or for everything else: a start has to load the whole of its cache, needed
     * or not. Who has one cache for all, as the tests have, names several.
     */
    public static void main(String[] arguments) throws IOException {
        Path home = Files.createTempDirectory("patchbay-training");
        try (CannedProvider provider = CannedProvider.start()) {
            Map<String, String> keyless = Map.of(
                    "PATCHBAY_HOME", home.toString(),
                    "TRAINING_PORT", String.valueOf(provider.port()),
                    // Read only so that the classes which read the real environment are in the cache too.
                    "PATH", new ProcessEnvironment().get("PATH").orElse(""));
            Map<String, String> variables = new HashMap<>(keyless);
            variables.put("TRAINING_KEY", "none");
            Environment environment = Environment.of(variables);
            writeProviders(home);
            StandardStreams.keepOpen();
            BoundedEnd.install(nowhere());
            for (String commands : arguments) {
                switch (commands) {
                    case "gateway" -> new GatewayTraining(environment, token(home)).run();
                    case "launch" -> run(LAUNCH, environment);
                    default -> {
                        run(QUICK, environment);
                        run(WITHOUT_KEY, Environment.of(keyless));
                    }
                }
            }
        } finally {
            delete(home);
        }
        Main.exit(0);
    }

    /** In the user's layer, as almost everybody's files are: what reads a folder belongs into the cache. */
    private static Path providers(Path home) {
        return home.resolve("providers").resolve("training.yaml");
    }

    private static Path token(Path home) {
        return home.resolve("token");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> made = Files.walk(folder)) {
            for (Path each : made.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void writeProviders(Path home) throws IOException {
        Files.createDirectory(home.resolve("providers"));
        try (InputStream yaml = CannedProvider.resource("training.yaml")) {
            Files.copy(yaml, providers(home));
        }
    }

    private static Output nowhere() {
        return Output.optional(OutputStream.nullOutputStream(), false);
    }

    private static void run(List<List<String>> commands, Environment environment) {
        Terminal terminal = new Terminal(InputStream.nullInputStream(), false, nowhere(), nowhere(), environment);
        for (List<String> command : commands) {
            new Cli(terminal).run(command.toArray(String[]::new));
        }
    }
}
