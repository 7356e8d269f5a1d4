package dev.patchbay.cli;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.gateway.AccessLogWriter;
import dev.patchbay.cli.run.RunCommand;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints what a shell needs to complete commands, options, and the providers, presets and models that there are now. */
final class CompletionCommand implements Command {

    private static final String SHELL = "--shell";

    private static final List<String> SHELLS = List.of("bash", "fish", "zsh");

    /** What no shell reads as anything but itself: a provider may call its models what it likes, and a shell runs the script. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}._/:@+,=-]+");

    /** A shell is slow with more. */
    private static final int MOST_MODELS = 2_000;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("completion");
        spec.addOption(Specs.option(SHELL, "SHELL", "bash, zsh or fish; default: bash, whose script zsh takes too."));
        return Specs.help(
                spec,
                "patchbay completion [OPTIONS]",
                "Print a completion script for bash, zsh or fish, with the providers, presets and models that there are now.",
                "source <(patchbay completion)",
                "patchbay completion --shell fish > ~/.config/fish/completions/patchbay.fish");
    }

    @Override
    public int run(Invocation invocation) {
        String shell = invocation.value(SHELL).orElse("bash");
        if (!SHELLS.contains(shell)) {
            throw new UsageException(SHELL + " wants bash, zsh or fish");
        }
        CommandLine root = invocation.root();
        CommandTree.completeAll(root);
        try (Patchbay patchbay = Installation.open(invocation)) {
            complete(root, "", ids(patchbay), models(patchbay));
        }
        invocation.terminal().out().print(shell.equals("fish") ? FishCompletion.of(root) : BashCompletion.of(root));
        return ExitCode.OK;
    }

    /** Gives options and arguments the values that there are for them, in a command and all below it. */
    private static void complete(CommandLine command, String path, List<String> ids, List<String> models) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            List<String> values = switch (option.longestName()) {
                case "--provider" -> ids;
                case "--model" -> models;
                case SHELL -> SHELLS;
                case AccessLogWriter.LOG_FORMAT -> List.of("json", "text");
                default -> List.of();
            };
            if (!values.isEmpty()) {
                spec.remove(option);
                spec.addOption(option.toBuilder().completionCandidates(values).build());
            }
        }
        List<String> arguments = arguments(path, ids, models);
        if (!arguments.isEmpty()) {
            PositionalParamSpec first = spec.positionalParameters().get(0);
            spec.remove(first);
            spec.addPositional(first.toBuilder().completionCandidates(arguments).build());
        }
        command.getSubcommands().forEach((name, sub) -> complete(sub, (path + " " + name).strip(), ids, models));
    }

    private static List<String> arguments(String path, List<String> ids, List<String> models) {
        return switch (path) {
            case "providers show", "providers explain", "providers test", "providers models", "models" -> ids;
            case "default" -> Stream.concat(ids.stream(), models.stream()).toList();
            case "run" -> RunCommand.AGENTS;
            case "help" -> CommandTree.allNames();
            default -> List.of();
        };
    }

    /** Of providers and presets, as they are when the script is made. */
    private static List<String> ids(Patchbay patchbay) {
        Set<String> ids = new TreeSet<>(patchbay.registry().presets());
        patchbay.registry().providers().forEach(provider -> ids.add(provider.id()));
        return List.copyOf(ids);
    }

    /** Of the providers that are ready, each behind its provider; those that list none in their file are asked, all at once. */
    private static List<String> models(Patchbay patchbay) {
        List<Definition> ready = patchbay.registry().providers().stream()
                .filter(Provider::isReady)
                .flatMap(provider -> provider.definition().stream())
                .toList();
        Set<String> names = new TreeSet<>();
        patchbay.runtime()
                .models()
                .names(ready)
                .forEach((provider, models) -> models.stream()
                        .filter(PLAIN.asMatchPredicate())
                        .forEach(model -> names.add(provider + "/" + model)));
        return names.stream().limit(MOST_MODELS).toList();
    }
}
