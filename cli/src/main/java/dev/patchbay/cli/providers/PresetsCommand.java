package dev.patchbay.cli.providers;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.Json;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.terminal.Table;
import dev.patchbay.config.template.Environment;
import dev.patchbay.registry.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Lists the definitions that are there for the asking. */
public final class PresetsCommand implements Command {

    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("presets");
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay providers presets [OPTIONS]",
                "List the definitions that one line makes a provider of: the address, the variables of the key, and the"
                        + " line.",
                "patchbay providers presets",
                "patchbay providers new groq --from preset:groq");
    }

    @Override
    public int run(Invocation invocation) {
        List<Provider> presets = presets();
        if (invocation.has(JSON)) {
            List<Object> all = new ArrayList<>();
            presets.forEach(preset -> all.add(json(preset)));
            invocation
                    .terminal()
                    .out()
                    .println(Json.write(new JsonObject().put("presets", all).toMap()));
        } else {
            invocation.terminal().out().print(text(presets));
        }
        return ExitCode.OK;
    }

    /** Each as the provider that it makes, without any variable of this machine. */
    private static List<Provider> presets() {
        StringBuilder yaml = new StringBuilder("providers:\n");
        Trial.presets().forEach(id -> yaml.append("  ").append(Trial.line(id)).append('\n'));
        return Trial.of(yaml.toString(), Environment.of(Map.of())).providers();
    }

    private static String text(List<Provider> presets) {
        Table table = new Table("PRESET", "NAME", "BASE URL", "VARIABLES", "LINE");
        for (Provider preset : presets) {
            table.row(
                    preset.id(),
                    Trial.value(preset, "name").orElse(""),
                    Trial.value(preset, "baseUrl").orElse(""),
                    String.join(", ", Trial.missing(preset)),
                    Trial.line(preset.id()));
        }
        return table.render()
                + "\nThe line goes below `providers:` in a provider file; `patchbay providers new ID --from preset:ID` writes"
                + " one.\n";
    }

    private static Map<String, Object> json(Provider preset) {
        return new JsonObject()
                .put("id", preset.id())
                .put("name", Trial.value(preset, "name"))
                .put("dialect", Trial.value(preset, "dialect"))
                .put("baseUrl", Trial.value(preset, "baseUrl"))
                .put("variables", Trial.missing(preset))
                .put("keyUrl", Trial.value(preset, "keyUrl"))
                .put("line", Trial.line(preset.id()))
                .toMap();
    }
}
