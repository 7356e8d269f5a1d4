package dev.patchbay.cli.providers;

import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.Table;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.workbench.probe.ModelInquiry;
import dev.patchbay.workbench.probe.ProbeModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The models of one provider, as {@code providers models} prints them.
 *
 * @param complete whether the provider has no more than it answered; empty if it did not answer
 * @param error why it did not answer, in its words
 * @param catalog what fills in what neither says
 */
record ModelsReport(
        String provider,
        List<ProbeModel> models,
        Optional<Boolean> complete,
        Optional<String> error,
        CatalogFacts catalog) {

    private static final String UNKNOWN = "unknown";
    /** Behind what neither the file nor the provider says. */
    private static final String CATALOGUED = "*";

    /** Of a provider that was not asked. */
    static ModelsReport ofFile(Definition definition, CatalogFacts catalog) {
        return new ModelsReport(
                definition.id(), ProbeModel.of(definition, List.of()), Optional.empty(), Optional.empty(), catalog);
    }

    static ModelsReport of(Definition definition, ModelInquiry.Answered answer, CatalogFacts catalog) {
        return new ModelsReport(
                definition.id(),
                ProbeModel.of(definition, answer.models()),
                Optional.of(answer.complete()),
                Optional.empty(),
                catalog);
    }

    ModelsReport failed(ProviderException failure) {
        return new ModelsReport(provider, models, complete, Optional.of(String.valueOf(failure.getMessage())), catalog);
    }

    String text(int columns) {
        Table table = new Table("MODEL", "CONTEXT", "USD PER MILLION TOKENS", "ALSO CALLED", "NAMED BY");
        models.forEach(model -> table.row(model.id(), context(model), price(model), names(model), source(model)));
        String more = complete.filter(whole -> !whole).isPresent() ? "the provider has more than these\n" : "";
        return models.isEmpty() ? "no models are known\n" : table.render(columns) + more + footnote(List.of(this));
    }

    static String text(List<ModelsReport> reports, int columns) {
        Table table = new Table("PROVIDER", "MODEL", "CONTEXT", "USD PER MILLION TOKENS", "ALSO CALLED");
        for (ModelsReport report : reports) {
            if (report.models().isEmpty()) {
                table.row(report.provider(), "-", "", "", "");
            }
            report.models()
                    .forEach(model -> table.row(
                            report.provider(), model.id(), report.context(model), report.price(model), names(model)));
        }
        return table.render(columns) + footnote(reports);
    }

    String json() {
        return JsonText.write(toMap()) + "\n";
    }

    static String json(List<ModelsReport> reports) {
        List<Map<String, Object>> providers =
                reports.stream().map(ModelsReport::toMap).toList();
        return JsonText.write(new JsonObject().put("providers", providers).toMap()) + "\n";
    }

    private Map<String, Object> toMap() {
        return new JsonObject()
                .put("provider", provider)
                .put("asked", complete.isPresent() || error.isPresent())
                .put("complete", complete)
                .put("error", error)
                .put("catalog", catalog.entry())
                .put("catalogSource", catalog.entry().map(entry -> catalog.source()))
                .put("models", models.stream().map(this::model).toList())
                .toMap();
    }

    private Map<String, Object> model(ProbeModel model) {
        JsonObject json = new JsonObject()
                .put("id", model.id())
                .put("upstreamId", model.upstreamId())
                .put("name", model.name())
                .put("context", model.context().isPresent() ? model.context() : catalogContext(model));
        model.listed()
                .ifPresent(listed -> json.put("maxOutput", listed.maxOutput())
                        .put("tools", listed.tools())
                        .put("price", listed.price().map(DefinitionJson::price)));
        catalog.model(model.upstreamId())
                .ifPresent(known -> json.put(
                        "catalog",
                        new JsonObject()
                                .put("context", known.context())
                                .put("maxOutput", known.maxOutput())
                                .put("input", known.input())
                                .put("tools", known.tools())
                                .put("price", known.price().map(DefinitionJson::price))
                                .toMap()));
        json.put("aliases", model.aliases())
                .put("default", model.isDefault())
                .put("inFile", model.listed().isPresent());
        complete.ifPresent(asked -> json.put("offered", model.offered().isPresent()));
        return json.toMap();
    }

    private String context(ProbeModel model) {
        if (model.context().isPresent()) {
            return String.valueOf(model.context().getAsInt());
        }
        OptionalInt known = catalogContext(model);
        return known.isPresent() ? known.getAsInt() + CATALOGUED : UNKNOWN;
    }

    private OptionalInt catalogContext(ProbeModel model) {
        return catalog.model(model.upstreamId()).map(Model::context).orElse(OptionalInt.empty());
    }

    private String price(ProbeModel model) {
        return model.listed()
                .flatMap(Model::price)
                .map(ModelsReport::price)
                .or(() ->
                        catalog.model(model.upstreamId()).flatMap(Model::price).map(known -> price(known) + CATALOGUED))
                .orElse(UNKNOWN);
    }

    private static String price(Model.Price known) {
        return known.input().map(BigDecimal::toPlainString).orElse("?") + " in, "
                + known.output().map(BigDecimal::toPlainString).orElse("?") + " out";
    }

    /** Says what the mark means, where there is one. */
    private static String footnote(List<ModelsReport> reports) {
        return reports.stream()
                .filter(report -> report.models().stream()
                        .anyMatch(model -> report.context(model).endsWith(CATALOGUED)
                                || report.price(model).endsWith(CATALOGUED)))
                .map(report -> report.catalog().source())
                .findFirst()
                .map(source -> CATALOGUED + " as " + source + " has it\n")
                .orElse("");
    }

    private static String names(ProbeModel model) {
        List<String> names = new ArrayList<>(model.aliases());
        if (model.isDefault()) {
            names.add(0, "default");
        }
        return String.join(", ", names);
    }

    /** An alias or the default may name a model that {@code models:} does not list. */
    private static String source(ProbeModel model) {
        boolean file = model.listed().isPresent()
                || model.isDefault()
                || !model.aliases().isEmpty();
        if (model.offered().isEmpty()) {
            return "file";
        }
        return file ? "file and provider" : "provider";
    }
}
