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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The run from which the start-up cache is made: it uses what the commands use, reads nothing of the user's, speaks only with
 * itself and prints nothing. It writes into a folder of its own below {@code java.io.tmpdir}, which whoever starts it removes.
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

    /** A port for those that ask nobody. */
    private static final String NOBODY = "9";

    private StartCacheTraining() {}

    /**
     * Trains for {@code launch}, for {@code gateway} or for everything else: a start has to load the whole of its cache, needed
     * or not. Who has one cache for all, as the tests have, names several.
     */
    public static void main(String[] arguments) throws IOException {
        Path home = newFolder();
        // Only they ask it something.
        boolean asked =
                List.of(arguments).contains("launch") || List.of(arguments).contains("gateway");
        try (CannedProvider provider = asked ? CannedProvider.start() : null) {
            // What the entry point does before it runs a command.
            CliVersion.isAllOf(arguments);
            Map<String, String> keyless = Map.of(
                    "PATCHBAY_HOME", home.toString(),
                    "TRAINING_PORT", provider == null ? NOBODY : String.valueOf(provider.port()),
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

    /**
     * It stays: the last threads of this process may still write into it. No temporary one of the JDK's, since what makes its random
     * name would be in every cache, and loaded by every start.
     */
    private static Path newFolder() throws IOException {
        return Files.createDirectory(
                Path.of(System.getProperty("java.io.tmpdir"), "patchbay-training-" + System.nanoTime()));
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
