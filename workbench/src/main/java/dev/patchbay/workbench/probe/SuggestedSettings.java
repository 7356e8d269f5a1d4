package dev.patchbay.workbench.probe;

import dev.patchbay.codec.OperationPath;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.internal.http.ParameterRemedy;
import dev.patchbay.internal.route.CredentialHeader;
import dev.patchbay.internal.route.DefaultAuth;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the changes that a test may try. */
final class SuggestedSettings {

    private SuggestedSettings() {}

    /** What keeps a refused member out; in the model's own entry where that decides. */
    static SuggestedSetting of(ParameterRemedy remedy, Definition definition, Optional<Model> model) {
        if (remedy.section().equals("body")) {
            return drop(definition, (List<?>) remedy.value());
        }
        Object value = remedy.value() instanceof List<?> more
                ? joined(definition.quirks().get(remedy.key()), more)
                : remedy.value();
        return quirk(remedy.key(), value, model);
    }

    static SuggestedSetting quirk(String key, Object value, Optional<Model> model) {
        if (model.isPresent() && model.get().quirks().containsKey(key)) {
            return quirkOfModel(key, value, model.get());
        }
        return new SuggestedSetting(
                List.of("quirks", key),
                value,
                "the provider's words",
                false,
                definition -> definition.toBuilder()
                        .quirks(with(definition.quirks(), key, value))
                        .build());
    }

    private static SuggestedSetting quirkOfModel(String key, Object value, Model model) {
        List<String> path = List.of("models", model.id(), "quirks", key);
        return new SuggestedSetting(path, value, "the provider's words", false, definition -> {
            Model listed = definition.models().getOrDefault(model.id(), model);
            Model changed = model.withQuirks(with(listed.quirks(), key, value));
            Map<String, Model> models = new LinkedHashMap<>(definition.models());
            models.put(model.id(), changed);
            return definition.toBuilder().models(models).build();
        });
    }

    private static SuggestedSetting drop(Definition definition, List<?> members) {
        List<String> all = joined(definition.body().drop(), members);
        return new SuggestedSetting(
                List.of("body", "drop"),
                all,
                "the provider's words",
                false,
                before -> before.toBuilder().body(before.body().withDrop(all)).build());
    }

    static SuggestedSetting baseUrl(URI url) {
        return new SuggestedSetting(
                List.of("baseUrl"),
                url.toString(),
                "the URL rule",
                false,
                definition -> definition.toBuilder().baseUrl(url).build());
    }

    /** Operations directly below the host, since a base URL without a path gets {@code /v1}. */
    static SuggestedSetting atTheHost(WireDialect dialect) {
        Map<String, Object> paths = new LinkedHashMap<>();
        Map<Operation, Endpoint> placed = new LinkedHashMap<>();
        for (String key : List.of(dialect.operation(), WireDialect.MODELS)) {
            dialect.path(key, true).map(OperationPath::path).ifPresent(path -> {
                paths.put(key, path);
                Operation.of(key).ifPresent(operation -> placed.put(operation, new Endpoint.Path(path)));
            });
        }
        return new SuggestedSetting(List.of("endpoints"), paths, "the URL rule", false, definition -> {
            Map<Operation, Endpoint> endpoints = new LinkedHashMap<>(definition.endpoints());
            endpoints.putAll(placed);
            return definition.toBuilder().endpoints(endpoints).build();
        });
    }

    /** Another dialect; a key that went the usual way of the first goes the usual way of the other. */
    static SuggestedSetting dialect(String dialect) {
        return new SuggestedSetting(List.of("dialect"), dialect, "the dialect of the answer", false, definition -> {
            URI base = definition.baseUrl().orElse(null);
            Auth defaultAuth = DefaultAuth.of(definition.dialect(), base);
            Optional<Auth> moved = definition
                    .auth()
                    .filter(auth -> auth.withoutKey().equals(defaultAuth))
                    .flatMap(Auth::key)
                    .map(key -> DefaultAuth.of(dialect, base).withKey(key));
            Definition.Builder changed = definition.toBuilder().dialect(dialect);
            moved.ifPresent(changed::auth);
            return changed.build();
        });
    }

    /**
     * Another header for the same key.
     *
     * @param keyLine whether the file names the key in {@code apiKey}, so that it need not be repeated
     */
    static SuggestedSetting auth(Auth auth, boolean keyLine) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("type", auth.type());
        if (auth.type().equals("header")) {
            value.put(
                    "header",
                    CredentialHeader.of(auth).map(CredentialHeader::name).orElse("x-api-key"));
        }
        if (!keyLine) {
            auth.key().ifPresent(key -> value.put("key", key.reference().toString()));
        }
        return new SuggestedSetting(
                List.of("auth"),
                value,
                "the refused key",
                false,
                definition -> definition.toBuilder().auth(auth).build());
    }

    private static Map<String, @Nullable Object> with(Map<String, @Nullable Object> quirks, String key, Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(quirks);
        changed.put(key, value);
        return changed;
    }

    private static List<String> joined(@Nullable Object before, List<?> more) {
        List<String> all = new ArrayList<>();
        if (before instanceof List<?> items) {
            items.forEach(item -> all.add(String.valueOf(item)));
        }
        more.stream().map(String::valueOf).filter(item -> !all.contains(item)).forEach(all::add);
        return all;
    }
}
