package dev.patchbay.cli.plugins;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.Table;
import dev.patchbay.registry.Provider;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Lists every plugin that was found, those that were rejected too. */
public final class PluginsCommand implements Command {

    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("list");
        spec.addOption(Specs.flag(JSON, "Print one JSON object, with every digit of the digests."));
        return Specs.help(
                spec,
                "patchbay plugins list [OPTIONS]",
                "List every plugin: what it brings and where it was found, or why it was rejected.",
                "patchbay plugins list",
                "patchbay plugins list --home ./my-home --json");
    }

    @Override
    public int run(Invocation invocation) {
        try (Patchbay patchbay = Installation.open(invocation)) {
            Output out = invocation.terminal().out();
            List<Provider> providers = patchbay.registry().providers();
            List<PluginFacts> plugins = patchbay.pluginOutcomes().stream()
                    .map(outcome -> PluginFacts.of(outcome, providers))
                    .toList();
            out.print(
                    invocation.has(JSON)
                            ? json(plugins)
                            : text(plugins, invocation.terminal().columns()));
            return ExitCode.OK;
        }
    }

    private static String text(List<PluginFacts> plugins, int columns) {
        Table table = new Table("PLUGIN", "VERSION", "STATE", "SHA-256", "FOUND IN", "BRINGS OR LACKS");
        for (PluginFacts plugin : plugins) {
            table.row(
                    plugin.id(),
                    plugin.version().orElse("-"),
                    plugin.state(),
                    plugin.shortDigest(),
                    plugin.place(),
                    plugin.summary());
        }
        return table.render(columns);
    }

    private static String json(List<PluginFacts> plugins) {
        List<Map<String, Object>> list =
                plugins.stream().map(plugin -> plugin.json().toMap()).toList();
        return JsonText.write(new JsonObject().put("plugins", list).toMap()) + "\n";
    }
}
