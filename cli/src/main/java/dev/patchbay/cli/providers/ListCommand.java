package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.ProblemNote;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.Json;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.Table;
import dev.patchbay.config.SkippedFile;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Lists every provider with its state, and every file that was left out: nothing is dropped silently. */
public final class ListCommand implements Command {

    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("list");
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay providers list [OPTIONS]",
                "List every provider: its state, the layer and place of its definition, and why it is not ready.",
                "patchbay providers list",
                "patchbay providers list --config team.yaml --json");
    }

    @Override
    public int run(Invocation invocation) {
        try (Patchbay patchbay = Installation.open(invocation)) {
            RegistrySnapshot registry = patchbay.registry();
            Output out = invocation.terminal().out();
            if (invocation.has(JSON)) {
                out.println(Json.write(json(registry)));
            } else {
                out.print(text(registry));
            }
            ProblemNote.print(registry.diagnostics(), invocation.terminal());
            return ExitCode.OK;
        }
    }

    private static String text(RegistrySnapshot registry) {
        Table providers = new Table("PROVIDER", "STATE", "LAYER", "DEFINED IN", "REASON");
        for (Provider provider : registry.providers()) {
            providers.row(
                    provider.id(),
                    provider.state().name(),
                    provider.layer().word(),
                    provider.location().toString(),
                    provider.reason().orElse(""));
        }
        StringBuilder text = new StringBuilder(providers.render());
        for (SkippedFile skipped : registry.skipped()) {
            text.append("skipped ")
                    .append(skipped.file())
                    .append(": ")
                    .append(skipped.reason())
                    .append('\n');
        }
        return text.append("default provider: ")
                .append(registry.defaultProvider())
                .append('\n')
                .toString();
    }

    private static Map<String, Object> json(RegistrySnapshot registry) {
        List<Object> providers = new ArrayList<>();
        for (Provider provider : registry.providers()) {
            providers.add(ProviderJson.summary(provider).toMap());
        }
        List<Object> skipped = new ArrayList<>();
        for (SkippedFile file : registry.skipped()) {
            skipped.add(new JsonObject()
                    .put("file", file.file().toString())
                    .put("reason", file.reason())
                    .toMap());
        }
        return new JsonObject()
                .put("defaultProvider", registry.defaultProvider())
                .put("providers", providers)
                .put("skipped", skipped)
                .put("errors", ProblemNote.count(registry.diagnostics()))
                .toMap();
    }
}
