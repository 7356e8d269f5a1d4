package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.config.template.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The command line in this JVM, its streams caught: for what needs no process. */
public final class CliHarness {

    private final Map<String, String> variables = new HashMap<>();
    private byte[] input = {};

    /** A command line that finds nothing of the machine's own. */
    public CliHarness(Path home) {
        variables.put("PATCHBAY_HOME", home.toString());
    }

    public CliHarness variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public CliHarness input(byte[] bytes) {
        this.input = bytes.clone();
        return this;
    }

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input),
                false,
                Output.needed(out, false),
                Output.optional(err, false),
                Environment.of(variables));
        int exitCode = new Cli(terminal).run(arguments);
        return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    public record Result(int exitCode, String out, String err) {

        /** All of it as one text, for a golden file. */
        public String transcript() {
            return "exit code " + exitCode + "\n--- stdout\n" + out + "--- stderr\n" + err;
        }
    }
}
