package dev.patchbay.cli;

import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.config.template.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The run from which the start-up cache is made: it uses what the commands use, reads nothing of the user's, speaks only with
 * itself and prints nothing.
 */
final class Training {

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

    /** What speaks with a provider. */
    private static final List<List<String>> LAUNCH = List.of(
            List.of("launch", "Hello", "--provider", "demo"),
            List.of("launch", "Hello", "--provider", "training"),
            List.of("launch", "Hello", "--provider", "training-messages", "--json"),
            List.of("launch", "Hello", "--provider", "nobody"));

    private final Terminal terminal;
    private final Path home;

    private Training(Terminal terminal, Path home) {
        this.terminal = terminal;
        this.home = home;
    }

    /** Trains for {@code launch} or for everything else: a start has to load the whole of its cache, needed or not. */
    public static void main(String[] arguments) throws IOException {
        List<List<String>> commands = List.of(arguments).contains("launch") ? LAUNCH : QUICK;
        Path home = Files.createTempDirectory("patchbay-training");
        try (CannedProvider provider = CannedProvider.start()) {
            Environment environment =
                    Environment.of(Map.of("TRAINING_PORT", String.valueOf(provider.port()), "TRAINING_KEY", "none"));
            Output nowhere = Output.optional(OutputStream.nullOutputStream(), false);
            Terminal terminal = new Terminal(InputStream.nullInputStream(), false, nowhere, nowhere, environment);
            new Training(terminal, home).run(commands);
        } finally {
            Files.deleteIfExists(home.resolve("training.yaml"));
            Files.deleteIfExists(home);
        }
        Main.exit(0);
    }

    private void run(List<List<String>> commands) throws IOException {
        Path providers = home.resolve("training.yaml");
        try (InputStream yaml = CannedProvider.resource("training.yaml")) {
            Files.copy(yaml, providers);
        }
        for (List<String> command : commands) {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of("--home", home.toString(), "--config", providers.toString()));
            new Cli(terminal).run(words.toArray(String[]::new));
        }
    }
}
