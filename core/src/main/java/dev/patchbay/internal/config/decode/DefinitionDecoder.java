package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.merge.MergedDefinition;
import dev.patchbay.internal.config.schema.KeyType;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.route.DefaultAuth;
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
    private final PluginParts plugins;

    public DefinitionDecoder(Environment environment, PluginParts plugins) {
        this.environment = environment;
        this.plugins = plugins;
    }

    /** Decodes a definition that is usable; everything that is wrong with it is in the result. */
    public DecodedDefinition decode(MergedDefinition merged) {
        MapNode tree = merged.tree();
        ScalarNode key = merged.definition().key();
        Set<String> damaged = new HashSet<>(merged.definition().damaged());
        // An option that stayed behind with the others is missing for that reason, which is told.
        merged.dropped().ifPresent(left -> damaged.add(ProviderFieldTable.OPTIONS.name()));
        DecodeContext context = new DecodeContext(key.text(), environment, plugins, damaged);
        FieldReader fields = FieldReader.of(context, tree);
        boolean enabled = fields.valueOrDefault(ProviderFieldTable.ENABLED);
        Definition definition = definition(context, fields, key);
        new DefinitionChecks(context, tree, key).check(definition);
        merged.dropped().ifPresent(context.problems()::add);
        new UnsetVariables(context, environment).report(definition);
        boolean invalid = context.isInvalid() || merged.definition().hasErrors();
        Optional<Definition> kept = invalid || context.isIncomplete() ? Optional.empty() : Optional.of(definition);
        return new DecodedDefinition(kept, context.problems(), enabled, invalid);
    }

    private Definition definition(DecodeContext context, FieldReader fields, ScalarNode key) {
        String dialect = fields.valueOrDefault(ProviderFieldTable.DIALECT);
        Definition.Builder builder = Definition.builder(key.text()).dialect(dialect);
        URI baseUrl = fields.value(ProviderFieldTable.BASE_URL).orElse(null);
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        fields.value(ProviderFieldTable.NAME).ifPresent(builder::name);
        fields.value(ProviderFieldTable.KEY_URL).ifPresent(builder::keyUrl);
        fields.value(ProviderFieldTable.STATUS_URL).ifPresent(builder::statusUrl);
        fields.value(ProviderFieldTable.DEFAULT_MODEL).ifPresent(builder::defaultModel);
        fields.value(ProviderFieldTable.CATALOG).ifPresent(builder::catalog);
        builder.insecureHttpAllowed(fields.valueOrDefault(ProviderFieldTable.ALLOW_INSECURE_HTTP));
        new AuthDecoder(context)
                .decode(
                        fields.node(ProviderFieldTable.AUTH),
                        fields.node(ProviderFieldTable.API_KEY),
                        DefaultAuth.of(dialect, baseUrl))
                .ifPresent(builder::auth);
        builder.unknownModelsDenied(
                fields.valueOrDefault(ProviderFieldTable.UNKNOWN_MODELS).equals("deny"));
        ValueDecoder values = new ValueDecoder(context);
        OptionDecoder.Decoded options = new OptionDecoder(context)
                .decode(fields.node(ProviderFieldTable.OPTIONS), options(dialect, fields), dialect, key);
        return builder.endpoints(
                        new EndpointDecoder(context).decode(fields.node(ProviderFieldTable.ENDPOINTS), baseUrl))
                .headers(values.decode(fields.node(ProviderFieldTable.HEADERS), KeyType.HEADER))
                .query(values.decode(fields.node(ProviderFieldTable.QUERY), KeyType.QUERY))
                .body(new BodyDecoder(context).decode(fields.below(ProviderFieldTable.BODY)))
                .quirks(QuirkDecoder.decode(fields.node(ProviderFieldTable.QUIRKS)))
                .models(new ModelDecoder(context).decode(fields.node(ProviderFieldTable.MODELS)))
                .aliases(aliases(fields.node(ProviderFieldTable.ALIASES)))
                .fallback(new FallbackDecoder(context).decode(fields.node(ProviderFieldTable.FALLBACK)))
                .http(new HttpDecoder(context).decode(fields.below(ProviderFieldTable.HTTP)))
                .options(options.all(), options.open())
                .build();
    }

    private static Map<String, String> aliases(@Nullable Node node) {
        if (!(node instanceof MapNode map)) {
            return Map.of();
        }
        Map<String, String> aliases = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            aliases.put(entry.key().text(), ((ScalarNode) entry.value()).text());
        }
        return aliases;
    }

    /** Those of the dialect, then those of the authenticator that are not among them. */
    private List<Option> options(String dialect, FieldReader fields) {
        Map<String, Option> byName = new LinkedHashMap<>();
        Optional.ofNullable(plugins.dialects().get(dialect))
                .ifPresent(plugged -> plugged.options().forEach(option -> byName.put(option.name(), option)));
        fields.below(ProviderFieldTable.AUTH)
                .written(ProviderFieldTable.AUTH_TYPE)
                .map(plugins.authenticators()::get)
                .ifPresent(plugged -> plugged.options().forEach(option -> byName.putIfAbsent(option.name(), option)));
        return List.copyOf(byName.values());
    }
}
