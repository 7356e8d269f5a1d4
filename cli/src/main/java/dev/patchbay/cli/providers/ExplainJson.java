package dev.patchbay.cli.providers;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.command.PrintedProblems;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.Provider;
import dev.patchbay.workbench.explain.DeclaredValue;
import dev.patchbay.workbench.explain.ExplainedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An explanation for programs. Holds no secret. */
final class ExplainJson {

    private ExplainJson() {}

    static Map<String, Object> of(
            Provider provider,
            List<ExplainedValue> leaves,
            List<Provider> replaced,
            Optional<CatalogFacts> facts,
            Map<List<String>, Object> filled,
            GlobalOptions globals) {
        List<Object> values = new ArrayList<>();
        leaves.forEach(leaf -> values.add(value(leaf)));
        List<Object> others = new ArrayList<>();
        replaced.forEach(
                other -> others.add(place(other.layer(), other.location()).toMap()));
        return ProviderJson.summary(provider)
                .put("inPlaceOf", others)
                .put(
                        "catalog",
                        facts.map(known -> new JsonObject()
                                .put("entry", known.entry())
                                .put("source", known.source())
                                .put("values", filled(filled))
                                .toMap()))
                .put("values", values)
                .put("problems", PrintedProblems.json(provider.problems(), globals))
                .toMap();
    }

    /** What the file leaves out. */
    private static List<Object> filled(Map<List<String>, Object> values) {
        List<Object> all = new ArrayList<>();
        values.forEach((path, value) -> all.add(new JsonObject()
                .put("field", String.join(".", path))
                .put("keys", path)
                .put("value", value)
                .toMap()));
        return all;
    }

    private static Map<String, Object> value(ExplainedValue leaf) {
        boolean there = leaf.isThere();
        JsonObject json = new JsonObject()
                .put("field", leaf.name())
                .put("keys", leaf.path())
                .put("status", leaf.status().name());
        json.put("value", leaf.data());
        json.put("secret", leaf.isSecret()).put("template", leaf.template());
        if (!leaf.variables().isEmpty()) {
            List<Object> variables = new ArrayList<>();
            leaf.variables()
                    .forEach(variable -> variables.add(new JsonObject()
                            .put("name", variable.name())
                            .put("state", variable.state().name())
                            .toMap()));
            json.put("variables", variables);
        }
        json.put(
                there ? "from" : "by",
                leaf.decidedBy()
                        .map(said -> place(said.layer(), said.location()).toMap()));
        if (!leaf.overrode().isEmpty()) {
            List<Object> overrode = new ArrayList<>();
            leaf.overrode().forEach(said -> overrode.add(said(said)));
            json.put("overrode", overrode);
        }
        return json.put("note", leaf.note()).put("atLaunch", leaf.atLaunch()).toMap();
    }

    private static Map<String, Object> said(DeclaredValue said) {
        return place(said.layer(), said.location()).put("value", said.value()).toMap();
    }

    private static JsonObject place(Layer layer, Location location) {
        JsonObject json = new JsonObject().put("layer", layer.word()).put("file", location.source());
        if (location.line() > 0) {
            json.put("line", location.line()).put("column", location.column());
        }
        return json;
    }
}
