package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.command.VariableName;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.schema.ProviderIds;
import dev.patchbay.registry.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Writes a provider file to begin with. */
public final class NewCommand implements Command {

    private static final String FROM = "--from";
    private static final String API_KEY_ENV = "--api-key-env";
    private static final String FILE = "--file";
    private static final String STDOUT = "--stdout";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("new");
        spec.addPositional(Specs.argument("ID", "0..1", "The name of the provider, such as groq."));
        spec.addOption(
                Specs.option(FROM, "preset:ID|URL", "A preset, or the address of an API; default: a file to fill in."));
        spec.addOption(Specs.option(API_KEY_ENV, "NAME", "The variable that holds the key."));
        spec.addOption(Specs.option(
                FILE, "FILE|-", "Where to write; - prints only. Default: providers/ID.yaml of Patchbay's folder."));
        spec.addOption(Specs.flag(STDOUT, "The same as --file -."));
        return Specs.help(
                spec,
                "patchbay providers new [OPTIONS] ID",
                "Write a provider file, and say what to do next. Nothing that is there is overwritten.",
                "patchbay providers new groq --from preset:groq",
                "patchbay providers new acme --from https://api.acme.example/v1",
                "patchbay providers new local --from http://localhost:8000/v1 --file -");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        if (arguments.isEmpty()) {
            throw new UsageException("ID is missing");
        }
        String id = arguments.get(0);
        if (!ProviderIds.isValid(id)) {
            throw new UsageException(
                    "the ID has letters a-z, digits and . _ - only, begins with a letter or digit, and is"
                            + " at most 64 long");
        }
        Optional<String> variable = invocation
                .value(API_KEY_ENV)
                .map(name -> VariableName.require(API_KEY_ENV, name, invocation.environment()));
        NewProvider beginning = NewProvider.of(id, invocation.value(FROM), variable);
        boolean print = invocation.has(STDOUT) || invocation.value(FILE).equals(Optional.of("-"));
        Optional<String> elsewhere = invocation.value(FILE).filter(name -> !print);
        NextSteps next = NextSteps.of(id, beginning, elsewhere, invocation);
        if (print) {
            invocation.terminal().out().print(beginning.yaml());
            invocation.terminal().err().print(next.text());
            return ExitCode.OK;
        }
        Path file = elsewhere
                .map(Path::of)
                .orElseGet(
                        () -> Installation.home(invocation).resolve("providers").resolve(id + ".yaml"));
        refuseKnown(id, invocation);
        if (elsewhere.isPresent()) {
            UserFiles.create(file, beginning.yaml());
        } else {
            UserFiles.createOwn(file, beginning.yaml());
        }
        invocation
                .terminal()
                .out()
                .print("wrote " + file + ":\n\n" + beginning.yaml().indent(2) + "\n" + next.text());
        return ExitCode.OK;
    }

    /** Another definition of the id would be replaced, or make two of them in one layer. */
    private static void refuseKnown(String id, Invocation invocation) {
        try (Patchbay patchbay = Installation.open(invocation)) {
            Optional<Provider> known = patchbay.registry().find(id);
            if (known.isPresent()) {
                Provider provider = known.get();
                throw ProviderLookup.problem(
                        Code.ID_TWICE,
                        "there is a provider '" + id + "' already, at " + provider.location() + " ("
                                + provider.layer().word() + ")",
                        provider.layer().isSupplied()
                                ? "choose another ID; `extends: " + id + "` in a provider file changes that one"
                                : "choose another ID, or change that file");
            }
        }
    }
}
