package dev.patchbay.cli.plugins;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.Json;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.Table;
import dev.patchbay.plugin.PluginOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Lists every plugin that was found, those that were rejected too. */
public final class PluginsCommand implements Command {

    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("list");
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
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
            out.print(invocation.has(JSON) ? json(patchbay.plugins()) : text(patchbay.plugins()));
            return ExitCode.OK;
        }
    }

    private static String text(List<PluginOutcome> outcomes) {
        Table table = new Table("PLUGIN", "VERSION", "STATE", "FOUND IN", "BRINGS OR LACKS");
        for (PluginOutcome outcome : outcomes) {
            PluginFacts facts = PluginFacts.of(outcome);
            table.row(
                    facts.id(),
                    facts.version().orElse("-"),
                    facts.state(),
                    outcome.origin().label(),
                    facts.reason().orElseGet(() -> String.join(", ", facts.brings())));
        }
        return table.render();
    }

    private static String json(List<PluginOutcome> outcomes) {
        List<Map<String, Object>> plugins = new ArrayList<>();
        for (PluginOutcome outcome : outcomes) {
            PluginFacts facts = PluginFacts.of(outcome);
            plugins.add(new JsonObject()
                    .put("id", facts.id())
                    .put("version", facts.version())
                    .put("state", facts.state())
                    .put("brings", facts.brings())
                    .put("reason", facts.reason())
                    .put("path", outcome.origin().path().map(Object::toString))
                    .put("sha256", outcome.origin().sha256())
                    .toMap());
        }
        return Json.write(new JsonObject().put("plugins", plugins).toMap()) + "\n";
    }
}
