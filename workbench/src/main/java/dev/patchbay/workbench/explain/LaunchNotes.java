package dev.patchbay.workbench.explain;

import dev.patchbay.internal.config.schema.FieldPlace;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Origin;
import java.util.List;
import java.util.Optional;

/** What the settings of one launch, the highest layer, do to a value (provider-files.md, section 1, layer 8). */
final class LaunchNotes {

    private final String elsewhere;

    LaunchNotes(Optional<Definition> definition) {
        this.elsewhere = definition
                .flatMap(Definition::baseUrl)
                .flatMap(Origin::of)
                .map(origin -> "a --base-url that is not at " + origin)
                .orElse("a --base-url at another origin");
    }

    Optional<String> of(List<String> path, boolean secret) {
        return switch (path.get(0)) {
            case "baseUrl" -> Optional.of("--base-url (proxyBaseUrl) replaces it");
            case "defaultModel" ->
                Optional.of("--model (model) replaces it; --model-override (proxyModelOverride) wins on the wire");
            case "apiKey" -> Optional.of(key());
            case "auth" -> secret ? Optional.of(key()) : Optional.empty();
            default -> secret || FieldPlace.of(path).isBound() ? Optional.of(leavesBehind()) : Optional.empty();
        };
    }

    private String key() {
        return "--api-key-env (proxyApiKey) replaces it; " + leavesBehind();
    }

    private String leavesBehind() {
        return elsewhere + " leaves it behind";
    }
}
