package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.session.LaunchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Remembers which provider a launch asks that names none, in a file of its own. */
public final class DefaultCommand implements Command {

    private static final String FILE = "default-provider.yaml";
    private static final String JSON = "--json";
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+~-]*");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("default");
        spec.addPositional(Specs.argument(
                "ID[/MODEL]",
                "0..1",
                "The provider or preset, and its default model; default: only say which one it is."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay default [OPTIONS] [ID[/MODEL]]",
                "Choose the provider of launches and requests that name none. It is written into providers/" + FILE
                        + " in Patchbay's folder; removing that file undoes it.",
                "patchbay default",
                "patchbay default mistral",
                "patchbay default ollama/qwen3:8b");
    }

    @Override
    public int run(Invocation invocation) {
        Terminal terminal = invocation.terminal();
        if (invocation.arguments().isEmpty()) {
            try (Patchbay patchbay = Installation.open(invocation)) {
                RegistrySnapshot registry = patchbay.registry();
                Optional<String> chosen = registry.chosenDefault();
                terminal.out()
                        .lines(
                                invocation.has(JSON)
                                        ? json(chosen, Optional.empty(), Optional.empty())
                                        : chosen.orElseGet(() -> none(registry)));
                return ExitCode.OK;
            }
        }
        String[] typed = invocation.arguments().get(0).split("/", 2);
        String id = typed[0];
        Optional<String> model = typed.length > 1 ? Optional.of(model(typed[1])) : Optional.empty();
        Path file = Installation.home(invocation).resolve("providers").resolve(FILE);
        choose(invocation, id, model, file);
        try (Patchbay patchbay = Installation.open(invocation)) {
            RegistrySnapshot registry = patchbay.registry();
            String its = model.map(name -> ", its model " + name).orElse("");
            terminal.out()
                    .lines(
                            invocation.has(JSON)
                                    ? json(Optional.of(registry.defaultProvider()), model, Optional.of(file))
                                    : Printable.line("the default provider is " + registry.defaultProvider() + its
                                            + " (" + file + ")"));
            if (!registry.defaultProvider().equals(id)) {
                terminal.err()
                        .println(
                                "patchbay: a file of a higher layer, named by --config or PATCHBAY_CONFIG, says another");
            }
            registry.find(id)
                    .flatMap(chosen -> missing(chosen, patchbay, invocation))
                    .ifPresent(terminal.err()::println);
            return ExitCode.OK;
        }
    }

    /** What is said where several are ready and none is chosen. */
    public static String none(RegistrySnapshot registry) {
        List<String> ready = registry.readyToChoose();
        return "none; " + String.join(", ", ready) + (ready.size() == 1 ? " is" : " are") + " ready: `patchbay default "
                + ready.get(0) + "` chooses " + (ready.size() == 1 ? "it" : "one");
    }

    private static String json(Optional<String> provider, Optional<String> model, Optional<Path> file) {
        return JsonText.write(new JsonObject()
                .put("defaultProvider", provider)
                .put("defaultModel", model)
                .put("file", file.map(Path::toString))
                .toMap());
    }

    private static String model(String typed) {
        if (!MODEL.matcher(typed).matches()) {
            throw new UsageException("behind the / stands the name of a model, such as qwen3:8b");
        }
        if (KeyRules.isKeyInPlaceOfName(typed)) {
            throw new UsageException("behind the / stands the name of a model, not a key");
        }
        return typed;
    }

    /** What a launch would fail for. */
    private static Optional<String> missing(Provider chosen, Patchbay patchbay, Invocation invocation) {
        if (chosen.reason().isPresent()) {
            return Optional.of("patchbay: " + chosen.id() + " is not ready: "
                    + chosen.reason().get());
        }
        return hasModel(chosen, patchbay)
                ? Optional.empty()
                : Optional.of("patchbay: " + chosen.id() + " has no default model: name one with each launch (-m), or"
                        + " choose one as well: " + invocation.globals().command("default " + chosen.id() + "/MODEL"));
    }

    /** One of its own, or none that has to be named: a dialect in process answers without. */
    private static boolean hasModel(Provider chosen, Patchbay patchbay) {
        if (chosen.definition().flatMap(Definition::defaultModel).isPresent()) {
            return true;
        }
        try {
            patchbay.route(LaunchRequest.query("-").provider(chosen.id()).build());
            return true;
        } catch (ConfigurationException lacking) {
            return false;
        }
    }

    private static void choose(Invocation invocation, String id, Optional<String> model, Path file) {
        Optional<String> base;
        try (Patchbay patchbay = Installation.open(invocation)) {
            base = base(patchbay.registry(), id, file);
        }
        if (model.isPresent() && base.isEmpty()) {
            throw ProviderLookup.problem(
                    Code.CONFLICT,
                    "the default model of " + id + " belongs into the file that defines it",
                    "write `defaultModel: " + model.get() + "` there; `patchbay providers explain " + id
                            + "` says which file that is");
        }
        Optional<String> before = before(file);
        UserFiles.replace(file, text(id, base, model));
        List<Diagnostic> twice = twice(invocation);
        if (!twice.isEmpty()) {
            undo(file, before);
            throw ProviderLookup.problem(
                    Code.DEFAULT_TWICE,
                    "another file of yours says which provider is the default: " + elsewhere(twice.get(0), file),
                    "change defaultProvider there, or remove it there and say this again");
        }
    }

    /** Where the other of the two stands: this file is as it was before. */
    private static Location elsewhere(Diagnostic twice, Path file) {
        return Stream.concat(
                        Stream.of(twice.location()), twice.related().stream().map(Diagnostic.Related::location))
                .filter(place -> !place.source().equals(file.toString()))
                .findFirst()
                .orElse(twice.location());
    }

    /** What a definition of this file would extend; empty where another file of the user's defines the provider. */
    private static Optional<String> base(RegistrySnapshot registry, String id, Path file) {
        Provider chosen = ProviderLookup.provider(registry, id);
        boolean isSupplied = registry.providers().stream()
                .anyMatch(other -> other.id().equals(id) && other.layer().isSupplied());
        if (chosen.layer() != Layer.PRESET
                && !chosen.layer().isSupplied()
                && !chosen.location().source().equals(file.toString())) {
            return Optional.empty();
        }
        return Optional.of(isSupplied ? id : "preset:" + id);
    }

    private static Optional<String> before(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException unreadable) {
            // What cannot be put back must not be written over.
            throw UserFiles.unwritten(file, unreadable);
        }
    }

    private static void undo(Path file, Optional<String> before) {
        if (before.isPresent()) {
            UserFiles.replace(file, before.get());
            return;
        }
        try {
            Files.delete(file);
        } catch (IOException stays) {
            throw UserFiles.unwritten(file, stays);
        }
    }

    /** A preset is never the default as such: it becomes a provider of the user's own, as one does whose model is chosen. */
    private static String text(String id, Optional<String> base, Optional<String> model) {
        String chosen =
                "# Written by `patchbay default`; remove this file to undo it.\ndefaultProvider: \"" + id + "\"\n";
        boolean isPreset = base.filter(extended -> !extended.equals(id)).isPresent();
        if (!isPreset && model.isEmpty()) {
            return chosen;
        }
        return chosen + "providers:\n  \"" + id + "\": {extends: \"" + base.orElseThrow() + "\""
                + model.map(name -> ", defaultModel: \"" + name + "\"").orElse("") + "}\n";
    }

    private static List<Diagnostic> twice(Invocation invocation) {
        try (Patchbay patchbay = Installation.open(invocation)) {
            return patchbay.registry().diagnostics().stream()
                    .filter(problem -> problem.code() == Code.DEFAULT_TWICE)
                    .toList();
        }
    }
}
