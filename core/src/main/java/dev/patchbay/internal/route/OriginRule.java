package dev.patchbay.internal.route;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.Value;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A credential belongs to the origin it was declared for (provider-files.md, section 4). */
public final class OriginRule {

    private OriginRule() {}

    /** Whether a credential that was declared beside one base URL may be sent to another. */
    public static boolean permits(URI declaredFor, URI target) {
        return permits(Origin.of(declaredFor), Origin.of(target));
    }

    /** The same for origins; one that is not known is not the same as any other. */
    public static boolean permits(Optional<Origin> declaredFor, Optional<Origin> target) {
        return target.isPresent() && target.equals(declaredFor);
    }

    /** Whether the definition holds anything that must not go to another origin. */
    public static boolean hasCredential(Definition definition) {
        return definition.auth().flatMap(Auth::key).isPresent()
                || definition.headers().values().stream().anyMatch(OriginRule::isSecret)
                || definition.query().values().stream().anyMatch(OriginRule::isSecret)
                || definition.body().secrets().findAny().isPresent()
                || definition.models().values().stream()
                        .anyMatch(model -> model.body().secrets().findAny().isPresent())
                || definition.options() != definition.openOptions();
    }

    /**
     * The definition at another base URL. Where that has another origin, every credential, the permission to send one
     * over plain HTTP, the proxy and the trust in other certificates stay behind. Endpoints with a URL of their own stay
     * behind in any case: whoever names a base URL wants to go there.
     */
    public static Definition move(Definition definition, URI baseUrl) {
        Definition.Builder moved =
                definition.toBuilder().baseUrl(baseUrl).endpoints(withoutAbsolute(definition.endpoints()));
        Optional<URI> before = definition.baseUrl();
        if (before.isPresent() && permits(before.get(), baseUrl)) {
            return moved.build();
        }
        definition.auth().map(auth -> authAt(baseUrl, definition, auth)).ifPresent(moved::auth);
        return moved.headers(withoutSecrets(definition.headers()))
                .query(withoutSecrets(definition.query()))
                .body(definition.body().withoutSecrets())
                .models(withoutSecretBodies(definition.models()))
                .options(definition.openOptions())
                .insecureHttpAllowed(false)
                .http(definition.http().unbound())
                .build();
    }

    /** What was the default at the old base URL becomes the default at the new one: Azure wants another header. */
    private static Auth authAt(URI baseUrl, Definition definition, Auth auth) {
        return DefaultAuth.carriedOver(
                auth.withoutKey(),
                DefaultAuth.of(definition.dialect(), definition.baseUrl().orElse(null)),
                DefaultAuth.of(definition.dialect(), baseUrl));
    }

    private static Map<Operation, Endpoint> withoutAbsolute(Map<Operation, Endpoint> endpoints) {
        Map<Operation, Endpoint> kept = new LinkedHashMap<>(endpoints);
        kept.values().removeIf(Endpoint.Absolute.class::isInstance);
        return kept;
    }

    private static Map<String, Value> withoutSecrets(Map<String, Value> values) {
        Map<String, Value> kept = new LinkedHashMap<>(values);
        kept.values().removeIf(OriginRule::isSecret);
        return kept;
    }

    private static Map<String, Model> withoutSecretBodies(Map<String, Model> models) {
        Map<String, Model> kept = new LinkedHashMap<>(models);
        kept.replaceAll((id, model) -> model.withoutSecrets());
        return kept;
    }

    private static boolean isSecret(Value value) {
        return value instanceof Value.Hidden;
    }
}
