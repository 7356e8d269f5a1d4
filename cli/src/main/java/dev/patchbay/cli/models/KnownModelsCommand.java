package dev.patchbay.cli.models;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.providers.ProviderLookup;
import dev.patchbay.cli.terminal.Table;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.ProviderCatalog;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.workbench.probe.ProbeModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;

/** Lists models with what is known of them, from files and the catalogue; nobody is asked. */
public final class KnownModelsCommand implements Command {

    private static final String SEARCH = "--search";
    private static final String JSON = "--json";
    private static final String UNKNOWN = "unknown";
    private static final String FILE = "file";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("models");
        spec.addPositional(
                Specs.argument("ID", "0..1", "A provider or a preset; default: every provider that is not disabled."));
        spec.addOption(Specs.option(
                SEARCH, "TEXT", "Only models whose id or name holds this; without ID also those of every preset."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay models [OPTIONS] [ID]",
                "List models with context, price in USD per million tokens, abilities, and who says so: the file, or the"
                        + " catalogue of its day. Nobody is asked; `patchbay providers models ID` asks the provider.",
                "patchbay models mistral",
                "patchbay models --search coder");
    }

    @Override
    public int run(Invocation invocation) {
        try (Patchbay patchbay = Installation.open(invocation)) {
            ProviderCatalog catalog = patchbay.runtime().models().catalog();
            String wanted = invocation.value(SEARCH).orElse("").toLowerCase(Locale.ROOT);
            List<Line> lines = new ArrayList<>();
            for (Provider provider : providers(patchbay.registry(), invocation)) {
                provider.definition().ifPresent(known -> lines.addAll(lines(provider.id(), known, catalog)));
            }
            lines.removeIf(line -> !line.holds(wanted));
            if (invocation.has(JSON)) {
                invocation
                        .terminal()
                        .out()
                        .lines(JsonText.write(new JsonObject()
                                .put("models", lines.stream().map(Line::json).toList())
                                .toMap()));
            } else {
                invocation
                        .terminal()
                        .out()
                        .print(text(lines, invocation.terminal().columns()));
            }
            return ExitCode.OK;
        }
    }

    private static List<Provider> providers(RegistrySnapshot registry, Invocation invocation) {
        if (!invocation.arguments().isEmpty()) {
            Provider named =
                    ProviderLookup.provider(registry, invocation.arguments().get(0));
            return List.of(named);
        }
        List<Provider> all = new ArrayList<>();
        for (Provider provider : registry.providers()) {
            if (provider.state() == ProviderState.READY || provider.state() == ProviderState.UNAVAILABLE) {
                all.add(provider);
            }
        }
        if (invocation.value(SEARCH).isPresent()) {
            registry.presets().stream()
                    .filter(id -> registry.find(id).isEmpty())
                    .forEach(id -> registry.findNamed(id).ifPresent(all::add));
        }
        return all;
    }

    /** Those of the file first, then what else the catalogue has. */
    private static List<Line> lines(String provider, Definition definition, ProviderCatalog catalog) {
        Map<String, Model> known = new LinkedHashMap<>();
        catalog.models(definition).forEach(model -> known.put(model.upstreamId(), model));
        List<Line> lines = new ArrayList<>();
        for (ProbeModel model : ProbeModel.of(definition, List.of())) {
            lines.add(new Line(
                    provider,
                    model.id(),
                    model.listed(),
                    Optional.ofNullable(known.remove(model.upstreamId())),
                    catalog.source()));
        }
        if (!definition.unknownModelsDenied()) {
            known.values()
                    .forEach(model -> lines.add(
                            new Line(provider, model.id(), Optional.empty(), Optional.of(model), catalog.source())));
        }
        return lines;
    }

    private static String text(List<Line> lines, int columns) {
        if (lines.isEmpty()) {
            return "no models are known\n";
        }
        Table table = new Table("PROVIDER", "MODEL", "CONTEXT", "OUTPUT", "USD PER MILLION", "ABILITIES", "SOURCE");
        lines.forEach(line -> table.row(
                line.provider(),
                line.id(),
                number(line.context()),
                number(line.maxOutput()),
                line.price().map(KnownModelsCommand::price).orElse(UNKNOWN),
                line.abilities(),
                line.source()));
        return table.render(columns);
    }

    private static String number(OptionalInt tokens) {
        return tokens.isPresent() ? String.valueOf(tokens.getAsInt()) : UNKNOWN;
    }

    private static String price(Model.Price price) {
        return price.input().map(BigDecimal::toPlainString).orElse("?") + " in, "
                + price.output().map(BigDecimal::toPlainString).orElse("?") + " out";
    }

    /** A model of a provider; what the file says goes before what the catalogue says. */
    private record Line(
            String provider, String id, Optional<Model> file, Optional<Model> catalogued, String catalogSource) {

        OptionalInt context() {
            OptionalInt own = file.map(Model::context).orElse(OptionalInt.empty());
            return own.isPresent() ? own : catalogued.map(Model::context).orElse(OptionalInt.empty());
        }

        OptionalInt maxOutput() {
            OptionalInt own = file.map(Model::maxOutput).orElse(OptionalInt.empty());
            return own.isPresent() ? own : catalogued.map(Model::maxOutput).orElse(OptionalInt.empty());
        }

        Optional<Model.Price> price() {
            return file.flatMap(Model::price).or(() -> catalogued.flatMap(Model::price));
        }

        Optional<String> name() {
            return file.flatMap(Model::name).or(() -> catalogued.flatMap(Model::name));
        }

        List<String> input() {
            return file.map(Model::input)
                    .filter(own -> !own.isEmpty())
                    .or(() -> catalogued.map(Model::input))
                    .orElse(List.of());
        }

        Optional<Boolean> tools() {
            return file.flatMap(Model::tools).or(() -> catalogued.flatMap(Model::tools));
        }

        String abilities() {
            List<String> all = new ArrayList<>(input());
            tools().filter(can -> can).ifPresent(can -> all.add("tools"));
            return String.join(" ", all);
        }

        String source() {
            String of = file.isPresent() || catalogued.isEmpty() ? FILE : "";
            String more = catalogued.isPresent() ? catalogSource : "";
            return of.isEmpty() || more.isEmpty() ? of + more : of + ", " + more;
        }

        /** Who says each field. */
        Map<String, Object> sources() {
            JsonObject sources = new JsonObject();
            put(
                    sources,
                    "context",
                    file.map(Model::context).orElse(OptionalInt.empty()).isPresent(),
                    context().isPresent());
            put(
                    sources,
                    "maxOutput",
                    file.map(Model::maxOutput).orElse(OptionalInt.empty()).isPresent(),
                    maxOutput().isPresent());
            put(sources, "input", file.filter(own -> !own.input().isEmpty()).isPresent(), !input().isEmpty());
            put(sources, "tools", file.flatMap(Model::tools).isPresent(), tools().isPresent());
            put(sources, "price", file.flatMap(Model::price).isPresent(), price().isPresent());
            return sources.toMap();
        }

        private void put(JsonObject sources, String field, boolean isInFile, boolean isKnown) {
            if (isKnown) {
                sources.put(field, isInFile ? FILE : catalogSource);
            }
        }

        boolean holds(String wanted) {
            return id.toLowerCase(Locale.ROOT).contains(wanted)
                    || name().orElse("").toLowerCase(Locale.ROOT).contains(wanted);
        }

        Map<String, Object> json() {
            return new JsonObject()
                    .put("provider", provider)
                    .put("id", id)
                    .put("name", name())
                    .put("context", context())
                    .put("maxOutput", maxOutput())
                    .put("input", input())
                    .put("tools", tools())
                    .put(
                            "price",
                            price().map(known -> new JsonObject()
                                    .put("input", known.input())
                                    .put("output", known.output())
                                    .put("cacheRead", known.cacheRead())
                                    .put("cacheWrite", known.cacheWrite())
                                    .toMap()))
                    .put("source", source())
                    .put("sources", sources())
                    .toMap();
        }
    }
}
