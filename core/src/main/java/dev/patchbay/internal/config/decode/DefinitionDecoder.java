package dev.patchbay.internal.config.decode;

import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.internal.config.merge.MergedDefinition;
import dev.patchbay.internal.config.schema.KeyType;
import dev.patchbay.internal.config.schema.ScalarType;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.route.DefaultAuth;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.spi.Option;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns merged definitions into typed ones. Safe for use by several threads. */
public final class DefinitionDecoder {

    private final Environment environment;
    private final PluginParts plugs;

    public DefinitionDecoder(Environment environment, PluginParts plugs) {
        this.environment = environment;
        this.plugs = plugs;
    }

    /** Decodes a definition that is usable; everything that is wrong with it is in the result. */
    public DecodedDefinition decode(MergedDefinition merged) {
        MapNode tree = merged.tree();
        ScalarNode key = merged.definition().key();
        Set<String> damaged = new HashSet<>(merged.definition().damaged());
        // An option that stayed behind with the others is missing for that reason, which is told.
        merged.dropped().ifPresent(left -> damaged.add("options"));
        DecodeContext context = new DecodeContext(key.text(), environment, plugs, damaged);
        boolean enabled = text(tree, "enabled").map(Boolean::valueOf).orElse(true);
        Definition definition = definition(context, tree, key);
        new DefinitionChecks(context, tree, key).check(definition);
        merged.dropped().ifPresent(context.problems()::add);
        new UnsetVariables(context, environment).report(definition);
        boolean invalid = context.isInvalid() || merged.definition().hasErrors();
        Optional<Definition> kept = invalid || context.isIncomplete() ? Optional.empty() : Optional.of(definition);
        return new DecodedDefinition(kept, context.problems(), enabled, invalid);
    }

    private Definition definition(DecodeContext context, MapNode tree, ScalarNode key) {
        String dialect = text(tree, "dialect").orElseGet(Dialects.DEFAULT::id);
        Definition.Builder builder = Definition.builder(key.text()).dialect(dialect);
        URI baseUrl = baseUrl(context, tree);
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        text(tree, "name").ifPresent(builder::name);
        text(tree, "keyUrl").ifPresent(builder::keyUrl);
        text(tree, "defaultModel").ifPresent(builder::defaultModel);
        text(tree, "catalog").ifPresent(builder::catalog);
        text(tree, "allowInsecureHttp").map(Boolean::valueOf).ifPresent(builder::insecureHttpAllowed);
        auth(context, tree, DefaultAuth.of(dialect, baseUrl)).ifPresent(builder::auth);
        text(tree, "unknownModels").map("deny"::equals).ifPresent(builder::unknownModelsDenied);
        ValueDecoder values = new ValueDecoder(context);
        OptionDecoder.Decoded options =
                new OptionDecoder(context).decode(node(tree, "options"), options(dialect, tree), dialect, key);
        return builder.endpoints(new EndpointDecoder(context).decode(node(tree, "endpoints"), baseUrl))
                .headers(values.decode(node(tree, "headers"), KeyType.HEADER))
                .query(values.decode(node(tree, "query"), KeyType.QUERY))
                .body(new BodyDecoder(context).decode(node(tree, "body")))
                .quirks(QuirkDecoder.decode(node(tree, "quirks")))
                .models(new ModelDecoder(context).decode(node(tree, "models")))
                .aliases(aliases(tree))
                .fallback(new FallbackDecoder(context).decode(node(tree, "fallback")))
                .http(new HttpDecoder(context).decode(node(tree, "http")))
                .options(options.all(), options.open())
                .build();
    }

    private static @Nullable URI baseUrl(DecodeContext context, MapNode tree) {
        ScalarNode node = DecodeContext.scalar(node(tree, "baseUrl"));
        String text = node == null ? null : context.text(node, ScalarType.BASE_URL, "baseUrl");
        return text == null ? null : URI.create(text);
    }

    private static Optional<Auth> auth(DecodeContext context, MapNode tree, Auth usual) {
        return new AuthDecoder(context).decode(node(tree, "auth"), node(tree, "apiKey"), usual);
    }

    private static Map<String, String> aliases(MapNode tree) {
        if (!(node(tree, "aliases") instanceof MapNode map)) {
            return Map.of();
        }
        Map<String, String> aliases = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            aliases.put(entry.key().text(), ((ScalarNode) entry.value()).text());
        }
        return aliases;
    }

    /** Those of the dialect, then those of the authenticator that are not among them. */
    private List<Option> options(String dialect, MapNode tree) {
        Map<String, Option> byName = new LinkedHashMap<>();
        Optional.ofNullable(plugs.dialects().get(dialect))
                .ifPresent(plugged -> plugged.options().forEach(option -> byName.put(option.name(), option)));
        if (node(tree, "auth") instanceof MapNode auth) {
            text(auth, "type")
                    .map(plugs.authenticators()::get)
                    .ifPresent(
                            plugged -> plugged.options().forEach(option -> byName.putIfAbsent(option.name(), option)));
        }
        return List.copyOf(byName.values());
    }

    private static @Nullable Node node(MapNode tree, String field) {
        return tree.get(field).orElse(null);
    }

    private static Optional<String> text(MapNode tree, String field) {
        return Optional.ofNullable(DecodeContext.scalar(node(tree, field))).map(ScalarNode::text);
    }
}
