package dev.patchbay.internal.config.merge;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFields.Held;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Evaluation;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.template.TemplateException;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.route.OriginRule;
import dev.patchbay.provider.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of extending, under the rule that a credential belongs to the origin it was declared for (provider-files.md,
 * section 4): where the upper definition names another origin, what is bound to the old one stays behind, and where it brings
 * in a proxy or other certificates, what lower layers declared does.
 */
final class OriginStep {

    private final Environment environment;

    OriginStep(Environment environment) {
        this.environment = environment;
    }

    /** What the upper definition inherits. */
    Inherited inherit(MapNode lower, MapNode upper) {
        Node newUrl = upper.get(ProviderFieldTable.BASE_URL.name()).orElse(null);
        if (newUrl != null
                && !isSame(lower.get(ProviderFieldTable.BASE_URL.name()).orElse(null), newUrl)) {
            return elsewhere(lower, upper, newUrl);
        }
        return BoundSettings.broughtIn(lower, upper)
                .map(setting -> exposed(lower, upper, setting))
                .orElseGet(() -> new Inherited(lower, null, null));
    }

    private Inherited elsewhere(MapNode lower, MapNode upper, Node newUrl) {
        LostCredentials lost = LostCredentials.of(DefinitionCredentials.in(lower), upper);
        MapNode tree = DefinitionCredentials.remove(DefinitionCredentials.tied(lower), lower);
        if (lost.isEmpty()) {
            return new Inherited(tree, null, null);
        }
        if (DefinitionCredentials.isDeclaredIn(upper)) {
            Diagnostic.Builder left = newUrl.warning(
                            Code.CREDENTIAL_DROPPED,
                            "what is inherited (" + lost.names() + ") belongs to another origin and is left out")
                    .help("write it again beside this base URL if it is needed there; null removes it for good");
            return new Inherited(tree, null, lost.declaredAt(left));
        }
        String from = origin(lower.get(ProviderFieldTable.BASE_URL.name()).orElse(null))
                .map(origin -> "belongs to " + origin)
                .orElse("was declared without a base URL");
        String to = origin(newUrl).map(Origin::toString).orElse("another origin");
        Diagnostic.Builder dropped = newUrl.error(
                        Code.CREDENTIAL_DROPPED,
                        "what is inherited (" + lost.names() + ") " + from + " and is not sent to " + to)
                .help("name the key for it: apiKey: $NAME, or auth: none if it needs none");
        return new Inherited(tree, lost.declaredAt(dropped), null);
    }

    /** Who else may see a key is for those to say who name the key. What the same layer declares is theirs. */
    private static Inherited exposed(MapNode lower, MapNode upper, BoundSettings.Setting setting) {
        List<Held> atStake = new ArrayList<>(DefinitionCredentials.in(lower));
        atStake.addAll(DefinitionCredentials.ofEndpoints(lower));
        atStake.removeIf(held -> held.entry().value().layer() == upper.layer());
        LostCredentials lost = LostCredentials.of(atStake, upper);
        MapNode tree = DefinitionCredentials.remove(atStake, lower);
        if (lost.isEmpty()) {
            return new Inherited(tree, null, null);
        }
        String what = "what is inherited (" + lost.names() + ") was declared without this " + setting.path();
        if (DefinitionCredentials.isDeclaredIn(upper)) {
            Diagnostic.Builder left = setting.value()
                    .warning(Code.CREDENTIAL_DROPPED, what + " and is left out")
                    .help("write it again beside it if it is needed; null removes it for good");
            return new Inherited(tree, null, lost.declaredAt(left));
        }
        Diagnostic.Builder dropped = setting.value()
                .error(Code.CREDENTIAL_DROPPED, what + " and is not sent with it")
                .help("name the key beside it: apiKey: " + lost.keyAsWritten() + ", or auth: none if it needs none");
        return new Inherited(tree, lost.declaredAt(dropped), null);
    }

    boolean isSame(@Nullable Node lower, Node upper) {
        if (!(lower instanceof ScalarNode below) || !(upper instanceof ScalarNode above)) {
            return false;
        }
        if (below.text().equals(above.text())) {
            return true;
        }
        return OriginRule.permits(origin(below), origin(above));
    }

    Optional<Origin> origin(@Nullable Node baseUrl) {
        if (!(baseUrl instanceof ScalarNode scalar)) {
            return Optional.empty();
        }
        try {
            Evaluation value = Template.parse(scalar.text()).evaluate(environment);
            return value.isComplete() ? Origin.of(new URI(value.text())) : Optional.empty();
        } catch (TemplateException | URISyntaxException e) {
            // Reported where the URL is decoded; an origin that is not known is not the same as any other.
            return Optional.empty();
        }
    }

    /**
     * What is inherited.
     *
     * @param tree the lower definition without what stays behind
     * @param dropped the error for a credential that stays behind and is not replaced
     * @param warning for credentials that stay behind although the upper definition has its own
     */
    record Inherited(
            MapNode tree,
            @Nullable Diagnostic dropped,
            @Nullable Diagnostic warning) {}
}
