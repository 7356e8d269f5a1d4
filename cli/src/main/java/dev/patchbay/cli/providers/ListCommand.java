package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.ProblemNote;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.internal.config.SkippedFile;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Lists every provider with its state, and every file that was left out: nothing is dropped silently. */
public final class ListCommand implements Command {

    private static final String JSON = "--json";
    private static final String ALL = "--all";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("list");
        spec.addOption(Specs.flag(ALL, "Also the presets, which can be named without a file."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay providers list [OPTIONS]",
                "List every provider: its state, default model, base URL and file, and why it is not ready.",
                "patchbay providers list",
                "patchbay providers list --config team.yaml --json");
    }

    @Override
    public int run(Invocation invocation) {
        try (Patchbay patchbay = Installation.open(invocation)) {
            RegistrySnapshot registry = patchbay.registry();
            Output out = invocation.terminal().out();
            if (invocation.has(JSON)) {
                out.lines(JsonText.write(json(registry, listed(registry, invocation.has(ALL)))));
            } else {
                ProviderTable.print(invocation.terminal(), registry, listed(registry, invocation.has(ALL)));
            }
            ProblemNote.print(registry.diagnostics(), invocation);
            return ExitCode.OK;
        }
    }

    private static List<Provider> listed(RegistrySnapshot registry, boolean all) {
        List<Provider> listed = new ArrayList<>(registry.providers());
        if (all) {
            registry.presets().stream()
                    .filter(id -> registry.find(id).isEmpty())
                    .forEach(id -> registry.findNamed(id).ifPresent(listed::add));
        }
        return listed;
    }

    private static Map<String, Object> json(RegistrySnapshot registry, List<Provider> listed) {
        List<Object> providers = new ArrayList<>();
        for (Provider provider : listed) {
            providers.add(ProviderJson.summary(provider)
                    .put("defaultModel", provider.definition().flatMap(Definition::defaultModel))
                    .put(
                            "baseUrl",
                            provider.definition().flatMap(Definition::baseUrl).map(Object::toString))
                    .toMap());
        }
        List<Object> skipped = new ArrayList<>();
        for (SkippedFile file : registry.skipped()) {
            skipped.add(new JsonObject()
                    .put("file", file.file().toString())
                    .put("reason", file.reason())
                    .put("looksMeant", file.looksMeant())
                    .toMap());
        }
        return new JsonObject()
                .put("defaultProvider", registry.chosenDefault())
                .put("providers", providers)
                .put("skipped", skipped)
                .put("errors", ProblemNote.count(registry.diagnostics()))
                .toMap();
    }
}
