package dev.patchbay.cli.providers;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.workbench.schema.ProviderFileSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the JSON Schema of provider files; reads none of them. */
public final class SchemaCommand implements Command {

    private static final String OUTPUT = "--output";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("schema");
        spec.addOption(Specs.option(OUTPUT, "FILE", "Write it there instead of to standard output."));
        Specs.help(
                spec,
                "patchbay providers schema [OPTIONS]",
                "Print the JSON Schema of provider files, with which an editor completes fields and marks mistakes.",
                "patchbay providers schema --output ~/.config/patchbay/patchbay.schema.json");
        spec.usageMessage()
                .footer(
                        "  patchbay providers schema --output ~/.config/patchbay/patchbay.schema.json",
                        "",
                        "An editor that has a YAML language server takes it from the first line of a file",
                        "in ~/.config/patchbay/providers:",
                        "  # yaml-language-server: $schema=../patchbay.schema.json",
                        "",
                        "or from its settings, for every file there (VS Code):",
                        "  \"yaml.schemas\": {",
                        "    \"/home/me/.config/patchbay/patchbay.schema.json\":",
                        "      \"**/patchbay/providers/*.yaml\"",
                        "  }");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        String schema = ProviderFileSchema.text();
        Optional<String> file = invocation.value(OUTPUT);
        if (file.isPresent()) {
            write(Path.of(file.get()), schema);
        } else {
            invocation.terminal().out().print(schema);
        }
        return ExitCode.OK;
    }

    private static void write(Path file, String schema) {
        try {
            Files.writeString(file, schema);
        } catch (IOException e) {
            throw UserFiles.unwritten(file, e);
        }
    }
}
