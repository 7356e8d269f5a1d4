package dev.patchbay.cli.providers;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.Table;
import dev.patchbay.internal.config.template.Environment;
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
                "List the providers that need no file: the address, the variables of the key, and whether somebody tested it.",
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
                    .lines(JsonText.write(new JsonObject().put("presets", all).toMap()));
        } else {
            invocation
                    .terminal()
                    .out()
                    .print(text(presets, invocation.terminal().columns()));
        }
        return ExitCode.OK;
    }

    /** Each as the provider that it makes, without any variable of this machine. */
    private static List<Provider> presets() {
        StringBuilder yaml = new StringBuilder("providers:\n");
        UnsavedDefinitions.presets()
                .forEach(id ->
                        yaml.append("  ").append(UnsavedDefinitions.line(id)).append('\n'));
        return UnsavedDefinitions.of(yaml.toString(), Environment.of(Map.of())).providers();
    }

    private static String text(List<Provider> presets, int columns) {
        Table table = new Table("PRESET", "NAME", "BASE URL", "VARIABLES", "TESTED");
        for (Provider preset : presets) {
            table.row(
                    preset.id(),
                    UnsavedDefinitions.value(preset, "name").orElse(""),
                    UnsavedDefinitions.value(preset, "baseUrl").orElse(""),
                    String.join(", ", UnsavedDefinitions.missing(preset)),
                    UnsavedDefinitions.isTested(preset.id()) ? "yes" : "no");
        }
        return table.render(columns)
                + "\nWith its variable set a preset needs no file: `patchbay launch \"Hi\" --provider ID`. A line"
                + " `ID: {extends: preset:ID}` below `providers:` in a provider file changes one; `patchbay providers new ID"
                + " --from preset:ID` writes it. What is not tested is as the catalogue has it.\n";
    }

    private static Map<String, Object> json(Provider preset) {
        return new JsonObject()
                .put("id", preset.id())
                .put("name", UnsavedDefinitions.value(preset, "name"))
                .put("dialect", UnsavedDefinitions.value(preset, "dialect"))
                .put("baseUrl", UnsavedDefinitions.value(preset, "baseUrl"))
                .put("variables", UnsavedDefinitions.missing(preset))
                .put("keyUrl", UnsavedDefinitions.value(preset, "keyUrl"))
                .put("tested", UnsavedDefinitions.isTested(preset.id()))
                .put("line", UnsavedDefinitions.line(preset.id()))
                .toMap();
    }
}
