package dev.patchbay.cli.providers;

import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A definition in the words of provider files; a secret is shown as the reference to it. */
final class DefinitionJson {

    private DefinitionJson() {}

    static Map<String, Object> of(Definition definition, Map<String, Object> others) {
        JsonObject json = new JsonObject()
                .put("name", definition.name())
                .put("keyUrl", definition.keyUrl())
                .put("dialect", definition.dialect())
                .put("baseUrl", definition.baseUrl().map(Object::toString))
                .put("endpoints", endpoints(definition))
                .put("auth", definition.auth().map(DefinitionJson::auth));
        putUnlessEmpty(json, "headers", values(definition.headers()));
        putUnlessEmpty(json, "query", values(definition.query()));
        putUnlessEmpty(json, "models", models(definition));
        putUnlessEmpty(json, "aliases", definition.aliases());
        json.put("defaultModel", definition.defaultModel()).put("allowInsecureHttp", definition.insecureHttpAllowed());
        others.forEach(json::put);
        return json.toMap();
    }

    private static Map<String, String> endpoints(Definition definition) {
        Map<String, String> urls = new LinkedHashMap<>();
        for (Operation operation : Operation.values()) {
            Addresses.of(definition, operation).ifPresent(url -> urls.put(operation.key(), url));
        }
        return urls;
    }

    private static Map<String, Object> auth(Auth auth) {
        return new JsonObject()
                .put("type", auth.type())
                .put("header", auth.header())
                .put("prefix", auth.prefix())
                .put("key", auth.key().map(key -> key.reference().toString()))
                .toMap();
    }

    private static Map<String, String> values(Map<String, Value> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, Addresses.text(value)));
        return texts;
    }

    private static Map<String, Object> models(Definition definition) {
        Map<String, Object> models = new LinkedHashMap<>();
        for (Model model : definition.models().values()) {
            models.put(model.id(), model(model));
        }
        return models;
    }

    private static Map<String, Object> model(Model model) {
        JsonObject json = new JsonObject();
        if (!model.upstreamId().equals(model.id())) {
            json.put("upstreamId", model.upstreamId());
        }
        json.put("name", model.name()).put("context", model.context()).put("maxOutput", model.maxOutput());
        List<String> input = new ArrayList<>(model.input());
        if (!input.isEmpty()) {
            json.put("input", input);
        }
        return json.put("tools", model.tools())
                .put("price", model.price().map(DefinitionJson::price))
                .toMap();
    }

    static Map<String, Object> price(Model.Price price) {
        return new JsonObject()
                .put("input", price.input())
                .put("output", price.output())
                .put("cacheRead", price.cacheRead())
                .put("cacheWrite", price.cacheWrite())
                .toMap();
    }

    private static void putUnlessEmpty(JsonObject json, String name, Map<String, ?> map) {
        if (!map.isEmpty()) {
            json.put(name, map);
        }
    }
}
