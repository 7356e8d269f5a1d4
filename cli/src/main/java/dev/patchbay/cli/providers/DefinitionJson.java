package dev.patchbay.cli.providers;

import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.internal.http.PrintableUrl;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A definition in the words of provider files; a secret is shown as the reference to it. */
final class DefinitionJson {

    private DefinitionJson() {}

    static Map<String, Object> of(Definition definition, Map<String, Object> others) {
        JsonObject json = new JsonObject()
                .put("name", definition.name())
                .put("keyUrl", definition.keyUrl())
                .put("dialect", definition.dialect())
                .put("baseUrl", definition.baseUrl().map(PrintableUrl::of))
                .put("endpoints", endpoints(definition))
                .put("auth", definition.auth().map(DefinitionJson::auth));
        putUnlessEmpty(json, "headers", values(definition.headers()));
        putUnlessEmpty(json, "query", values(definition.query()));
        json.put("models", Optional.ofNullable(others.get("models")));
        putUnlessEmpty(json, "aliases", definition.aliases());
        json.put("defaultModel", definition.defaultModel()).put("allowInsecureHttp", definition.insecureHttpAllowed());
        others.forEach((name, value) -> {
            if (!name.equals("models")) {
                json.put(name, value);
            }
        });
        return json.toMap();
    }

    private static Map<String, String> endpoints(Definition definition) {
        Map<String, String> urls = new LinkedHashMap<>();
        for (Operation operation : Operation.values()) {
            CallAddresses.of(definition, operation).ifPresent(url -> urls.put(operation.key(), url));
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
        values.forEach((name, value) -> texts.put(name, CallAddresses.text(value)));
        return texts;
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
