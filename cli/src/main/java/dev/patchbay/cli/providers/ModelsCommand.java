package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.ProblemNote;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Lists models: those that files name, and those that a provider answers with. */
public final class ModelsCommand implements Command {

    private static final String OFFLINE = "--offline";
    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("models");
        spec.addPositional(Specs.argument("ID", "0..1", "The provider to ask; default: all, of which none is asked."));
        spec.addOption(Specs.flag(OFFLINE, "Do not ask the provider: only what its file says."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay providers models [OPTIONS] [ID]",
                "List the models that provider files name and, with ID, those that the provider says it has. What nobody"
                        + " says is unknown.",
                "patchbay providers models",
                "patchbay providers models groq",
                "patchbay providers models groq --offline --json");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        try (Patchbay patchbay = Installation.open(invocation)) {
            if (arguments.isEmpty()) {
                return all(patchbay, invocation);
            }
            Provider provider = ProviderLookup.provider(patchbay.registry(), arguments.get(0));
            Optional<Definition> definition = provider.definition();
            if (invocation.has(OFFLINE) && definition.isPresent()) {
                print(ModelsReport.ofFile(definition.get(), CatalogFacts.of(patchbay, definition.get())), invocation);
                return ExitCode.OK;
            }
            return ModelsQuestion.ask(
                    patchbay, provider.id(), invocation.terminal(), report -> print(report, invocation));
        }
    }

    private static int all(Patchbay patchbay, Invocation invocation) {
        List<ModelsReport> reports = new ArrayList<>();
        for (Provider provider : patchbay.registry().providers()) {
            boolean inEffect = provider.state() == ProviderState.READY || provider.state() == ProviderState.UNAVAILABLE;
            provider.definition()
                    .filter(known -> inEffect)
                    .map(known -> ModelsReport.ofFile(known, CatalogFacts.of(patchbay, known)))
                    .ifPresent(reports::add);
        }
        if (invocation.has(JSON)) {
            invocation.terminal().out().print(ModelsReport.json(reports));
        } else {
            invocation
                    .terminal()
                    .out()
                    .print(ModelsReport.text(reports, invocation.terminal().columns()));
        }
        ProblemNote.print(patchbay.registry().diagnostics(), invocation);
        return ExitCode.OK;
    }

    private static void print(ModelsReport report, Invocation invocation) {
        invocation
                .terminal()
                .out()
                .print(
                        invocation.has(JSON)
                                ? report.json()
                                : report.text(invocation.terminal().columns()));
    }
}
