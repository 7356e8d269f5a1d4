package dev.patchbay.cli;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.registry.Provider;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Prints what a shell needs to complete commands, options, and the providers, presets and models that there are now. */
final class CompletionCommand implements Command {

    private static final String SHELL = "--shell";

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
        if (!Set.of("bash", "zsh", "fish").contains(shell)) {
            throw new UsageException(SHELL + " wants bash, zsh or fish");
        }
        CommandLine root = invocation.root();
        CommandTree.completeAll(root);
        try (Patchbay patchbay = Installation.open(invocation)) {
            List<String> ids = ids(patchbay);
            List<String> models = models(patchbay);
            for (String command : List.of("launch", "chat", "run", "gateway")) {
                complete(root, command, "--provider", ids);
                complete(root, command, "--model", models);
            }
        }
        invocation
                .terminal()
                .out()
                .print(shell.equals("fish") ? FishCompletion.of(root) : AutoComplete.bash("patchbay", root));
        return ExitCode.OK;
    }

    private static void complete(CommandLine root, String command, String name, List<String> values) {
        CommandLine known = root.getSubcommands().get(command);
        OptionSpec option = known == null ? null : known.getCommandSpec().findOption(name);
        if (known != null && option != null) {
            known.getCommandSpec().remove(option);
            known.getCommandSpec()
                    .addOption(option.toBuilder().completionCandidates(values).build());
        }
    }

    /** Of providers and presets, as they are when the script is made. */
    private static List<String> ids(Patchbay patchbay) {
        Set<String> ids = new TreeSet<>(patchbay.registry().presets());
        patchbay.registry().providers().forEach(provider -> ids.add(provider.id()));
        return List.copyOf(ids);
    }

    /** Of the providers that are ready, each behind its provider. */
    private static List<String> models(Patchbay patchbay) {
        Set<String> names = new TreeSet<>();
        for (Provider provider : patchbay.registry().providers()) {
            if (provider.isReady() && provider.definition().isPresent()) {
                Definition definition = provider.definition().get();
                String prefix = provider.id() + "/";
                definition.models().keySet().forEach(id -> names.add(prefix + id));
                definition.aliases().keySet().forEach(alias -> names.add(prefix + alias));
                patchbay.runtime().models().described(definition).stream()
                        .map(Model::id)
                        .forEach(id -> names.add(prefix + id));
            }
        }
        return names.stream().limit(MOST_MODELS).toList();
    }
}
