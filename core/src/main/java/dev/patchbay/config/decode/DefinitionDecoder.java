package dev.patchbay.config.decode;

import dev.patchbay.config.merge.Merged;
import dev.patchbay.config.schema.KeyType;
import dev.patchbay.config.schema.ScalarType;
import dev.patchbay.config.schema.Vocabulary;
import dev.patchbay.config.template.Environment;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Gaps;
import dev.patchbay.route.DefaultAuth;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Option;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns merged definitions into typed ones. Safe for use by several threads. */
public final class DefinitionDecoder {

    private static final String USUAL_DIALECT = "openai-chat";

    private final Environment environment;
    private final Plugs plugs;

    public DefinitionDecoder(Environment environment, Plugs plugs) {
        this.environment = environment;
        this.plugs = plugs;
    }

    /** Decodes a definition that is usable; everything that is wrong with it is in the result. */
    public Decoded decode(Merged merged) {
        MapNode tree = merged.tree();
        ScalarNode key = merged.definition().key();
        Context context =
                new Context(key.text(), environment, plugs, merged.definition().damaged());
        boolean enabled = text(tree, "enabled").map(Boolean::valueOf).orElse(true);
        Definition definition = definition(context, tree, key);
        new DefinitionChecks(context, tree, key).check(definition);
        merged.dropped().ifPresent(context.problems()::add);
        new UnsetVariables(context, environment).report(definition);
        boolean invalid = context.isInvalid() || merged.definition().hasErrors();
        Optional<Definition> kept = invalid || context.isIncomplete() ? Optional.empty() : Optional.of(definition);
        return new Decoded(kept, context.problems(), enabled, invalid);
    }

    /**
     * A decoded definition for a request that is only shown: what variables put into bodies is left out.
     *
     * @param merged what the definition was decoded from
     */
    public Definition outline(Merged merged, Definition definition, Gaps gaps) {
        Context context = new Context(definition.id(), environment, plugs, Set.of());
        return definition.toBuilder()
                .body(new BodyDecoder(context, gaps).decode(node(merged.tree(), "body")))
                .models(new ModelDecoder(context, gaps).decode(node(merged.tree(), "models")))
                .build();
    }

    private Definition definition(Context context, MapNode tree, ScalarNode key) {
        String dialect = text(tree, "dialect").orElse(USUAL_DIALECT);
        Definition.Builder builder = Definition.builder(key.text()).dialect(dialect);
        URI baseUrl = baseUrl(context, tree);
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        text(tree, "name").ifPresent(builder::name);
        text(tree, "keyUrl").ifPresent(builder::keyUrl);
        text(tree, "defaultModel").ifPresent(builder::defaultModel);
        text(tree, "allowInsecureHttp").map(Boolean::valueOf).ifPresent(builder::insecureHttpAllowed);
        auth(context, tree, DefaultAuth.of(dialect, baseUrl)).ifPresent(builder::auth);
        text(tree, "unknownModels").map("deny"::equals).ifPresent(builder::unknownModelsDenied);
        ValueDecoder values = new ValueDecoder(context);
        return builder.endpoints(new EndpointDecoder(context).decode(node(tree, "endpoints"), baseUrl))
                .headers(values.decode(node(tree, "headers"), KeyType.HEADER))
                .query(values.decode(node(tree, "query"), KeyType.QUERY))
                .body(new BodyDecoder(context).decode(node(tree, "body")))
                .quirks(QuirkDecoder.decode(node(tree, "quirks")))
                .models(new ModelDecoder(context).decode(node(tree, "models")))
                .aliases(aliases(tree))
                .fallback(new FallbackDecoder(context).decode(node(tree, "fallback")))
                .http(new HttpDecoder(context).decode(node(tree, "http")))
                .options(new OptionDecoder(context).decode(node(tree, "options"), options(dialect), dialect, key))
                .build();
    }

    private static @Nullable URI baseUrl(Context context, MapNode tree) {
        ScalarNode node = Context.scalar(node(tree, "baseUrl"));
        String text = node == null ? null : context.text(node, ScalarType.BASE_URL, "baseUrl");
        return text == null ? null : URI.create(text);
    }

    private static Optional<Auth> auth(Context context, MapNode tree, Auth usual) {
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

    private List<Option> options(String dialect) {
        Dialect plugged = Vocabulary.CORE_DIALECTS.contains(dialect)
                ? null
                : plugs.dialects().get(dialect);
        return plugged == null ? List.of() : plugged.options();
    }

    private static @Nullable Node node(MapNode tree, String field) {
        return tree.get(field).orElse(null);
    }

    private static Optional<String> text(MapNode tree, String field) {
        return Optional.ofNullable(Context.scalar(node(tree, field))).map(ScalarNode::text);
    }
}
