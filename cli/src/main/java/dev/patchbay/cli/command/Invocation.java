package dev.patchbay.cli.command;

import static java.util.Objects.requireNonNull;

import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.config.template.Environment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** A command as it was called. */
public final class Invocation {

    private final ParseResult parsed;
    private final GlobalOptions globals;
    private final Terminal terminal;

    public Invocation(ParseResult parsed, GlobalOptions globals, Terminal terminal) {
        this.parsed = requireNonNull(parsed, "parsed is null");
        this.globals = requireNonNull(globals, "globals is null");
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    /** The whole command line that this command is part of. */
    public CommandLine root() {
        return parsed.commandSpec().root().commandLine();
    }

    public GlobalOptions globals() {
        return globals;
    }

    public Terminal terminal() {
        return terminal;
    }

    public Environment environment() {
        return terminal.environment();
    }

    /**
     * The value of an option.
     *
     * @throws UsageException if it was given and is blank
     */
    public Optional<String> value(String option) {
        @Nullable String value = parsed.matchedOptionValue(option, null);
        if (value != null && value.isBlank()) {
            throw new UsageException(option + " is empty");
        }
        return Optional.ofNullable(value);
    }

    /** The values of an option that may be given several times, in order. */
    public List<String> values(String option) {
        return parsed.hasMatchedOption(option)
                ? List.copyOf(parsed.matchedOption(option).stringValues())
                : List.of();
    }

    /** Whether a switch was given. */
    public boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    /** How many of the arguments stand behind {@code --}, and so are nobody's options. */
    public int argumentsBehindDashes() {
        List<String> all = parsed.originalArgs();
        int dashes = all.indexOf("--");
        return dashes < 0 ? 0 : all.size() - dashes - 1;
    }

    /** The arguments that belong to no option. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        // One that is filled on both sides of an option is matched twice, with all its values each time.
        for (PositionalParamSpec positional : new LinkedHashSet<>(parsed.matchedPositionals())) {
            arguments.addAll(positional.stringValues());
        }
        return arguments;
    }
}
