package dev.patchbay.cli.providers;

import dev.patchbay.cli.json.Json;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.terminal.Table;
import dev.patchbay.probe.CatalogModel;
import dev.patchbay.probe.ModelInquiry;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.spi.ProviderException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models of one provider, as {@code providers models} prints them.
 *
 * @param complete whether the provider has no more than it answered; empty if it did not answer
 * @param error why it did not answer, in its words
 */
record ModelsReport(String provider, List<CatalogModel> models, Optional<Boolean> complete, Optional<String> error) {

    private static final String UNKNOWN = "unknown";

    /** Of a provider that was not asked. */
    static ModelsReport ofFile(Definition definition) {
        return new ModelsReport(
                definition.id(), CatalogModel.of(definition, List.of()), Optional.empty(), Optional.empty());
    }

    static ModelsReport of(Definition definition, ModelInquiry.Answered answer) {
        return new ModelsReport(
                definition.id(),
                CatalogModel.of(definition, answer.models()),
                Optional.of(answer.complete()),
                Optional.empty());
    }

    ModelsReport failed(ProviderException failure) {
        return new ModelsReport(provider, models, complete, Optional.of(String.valueOf(failure.getMessage())));
    }

    String text() {
        Table table = new Table("MODEL", "CONTEXT", "USD PER MILLION TOKENS", "ALSO CALLED", "NAMED BY");
        models.forEach(model -> table.row(model.id(), context(model), price(model), names(model), source(model)));
        String more = complete.filter(whole -> !whole).isPresent() ? "the provider has more than these\n" : "";
        return models.isEmpty() ? "no models are known\n" : table.render() + more;
    }

    static String text(List<ModelsReport> reports) {
        Table table = new Table("PROVIDER", "MODEL", "CONTEXT", "USD PER MILLION TOKENS", "ALSO CALLED");
        for (ModelsReport report : reports) {
            if (report.models().isEmpty()) {
                table.row(report.provider(), "-", "", "", "");
            }
            report.models()
                    .forEach(model ->
                            table.row(report.provider(), model.id(), context(model), price(model), names(model)));
        }
        return table.render();
    }

    String json() {
        return Json.write(toMap()) + "\n";
    }

    static String json(List<ModelsReport> reports) {
        List<Map<String, Object>> providers =
                reports.stream().map(ModelsReport::toMap).toList();
        return Json.write(new JsonObject().put("providers", providers).toMap()) + "\n";
    }

    private Map<String, Object> toMap() {
        return new JsonObject()
                .put("provider", provider)
                .put("asked", complete.isPresent() || error.isPresent())
                .put("complete", complete)
                .put("error", error)
                .put("models", models.stream().map(this::model).toList())
                .toMap();
    }

    private Map<String, Object> model(CatalogModel model) {
        JsonObject json = new JsonObject()
                .put("id", model.id())
                .put("upstreamId", model.upstreamId())
                .put("name", model.name())
                .put("context", model.context());
        model.listed()
                .ifPresent(listed -> json.put("maxOutput", listed.maxOutput())
                        .put("tools", listed.tools())
                        .put("price", listed.price().map(DefinitionJson::price)));
        json.put("aliases", model.aliases())
                .put("default", model.isDefault())
                .put("inFile", model.listed().isPresent());
        complete.ifPresent(asked -> json.put("offered", model.offered().isPresent()));
        return json.toMap();
    }

    private static String context(CatalogModel model) {
        return model.context().isPresent() ? String.valueOf(model.context().getAsInt()) : UNKNOWN;
    }

    private static String price(CatalogModel model) {
        Optional<Model.Price> price = model.listed().flatMap(Model::price);
        return price.map(known -> known.input().map(BigDecimal::toPlainString).orElse("?") + " in, "
                        + known.output().map(BigDecimal::toPlainString).orElse("?") + " out")
                .orElse(UNKNOWN);
    }

    private static String names(CatalogModel model) {
        List<String> names = new ArrayList<>(model.aliases());
        if (model.isDefault()) {
            names.add(0, "default");
        }
        return String.join(", ", names);
    }

    /** An alias or the default may name a model that {@code models:} does not list. */
    private static String source(CatalogModel model) {
        boolean file = model.listed().isPresent()
                || model.isDefault()
                || !model.aliases().isEmpty();
        if (model.offered().isEmpty()) {
            return "file";
        }
        return file ? "file and provider" : "provider";
    }
}
