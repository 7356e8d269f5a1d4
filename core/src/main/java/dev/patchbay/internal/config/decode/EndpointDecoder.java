package dev.patchbay.internal.config.decode;

import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.ScalarType;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.route.DefaultAuth;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Origin;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes {@code endpoints}. */
final class EndpointDecoder {

    private static final String MODEL = "{model}";

    private final DecodeContext context;
    private final AuthDecoder auths;

    EndpointDecoder(DecodeContext context) {
        this.context = context;
        this.auths = new AuthDecoder(context);
    }

    /**
     * The endpoints, by operation.
     *
     * @param baseUrl null if there is none, or it is not known
     */
    Map<Operation, Endpoint> decode(@Nullable Node node, @Nullable URI baseUrl) {
        if (!(node instanceof MapNode map) || map.entries().isEmpty()) {
            return Map.of();
        }
        Map<Operation, Endpoint> endpoints = new EnumMap<>(Operation.class);
        for (MapNode.Entry entry : map.entries()) {
            Operation operation = operation(entry.key().text());
            Endpoint endpoint = endpoint(operation, entry.value(), baseUrl);
            if (endpoint != null) {
                endpoints.put(operation, endpoint);
            }
        }
        return endpoints;
    }

    private @Nullable Endpoint endpoint(Operation operation, Node node, @Nullable URI baseUrl) {
        if (node instanceof MapNode map) {
            FieldReader fields =
                    FieldReader.substituted(context, map, ProviderFieldTable.ENDPOINTS.name() + "." + operation.key());
            return withAuth(operation, map, fields, baseUrl);
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.isNull()) {
            return new Endpoint.NotOffered();
        }
        String text =
                context.text(scalar, ScalarType.ENDPOINT, ProviderFieldTable.ENDPOINTS.name() + "." + operation.key());
        if (text == null) {
            return null;
        }
        return text.startsWith("/") ? new Endpoint.Path(text) : absolute(scalar, text, Optional.empty(), baseUrl);
    }

    private @Nullable Endpoint withAuth(Operation operation, MapNode map, FieldReader fields, @Nullable URI baseUrl) {
        ScalarNode url = DecodeContext.scalar(fields.node(ProviderFieldTable.ENDPOINT_URL));
        if (url == null) {
            context.error(map.error(Code.MISSING_FIELD, fields.name(ProviderFieldTable.ENDPOINT_URL) + " is missing")
                    .help("write " + operation.key() + ": {url: https://…, auth: …}"));
            return null;
        }
        String text = fields.value(ProviderFieldTable.ENDPOINT_URL).orElse(null);
        if (text == null) {
            return null;
        }
        Optional<Auth> auth =
                auths.decode(fields.node(ProviderFieldTable.ENDPOINT_AUTH), null, defaultAuth(operation, text));
        return absolute(url, text, auth, baseUrl);
    }

    private @Nullable Endpoint absolute(ScalarNode node, String text, Optional<Auth> auth, @Nullable URI baseUrl) {
        URI url = URI.create(text.replace(MODEL, "%7Bmodel%7D"));
        boolean elsewhere = baseUrl != null && !Origin.of(url).equals(Origin.of(baseUrl));
        if (elsewhere && auth.isEmpty()) {
            context.error(node.error(
                            Code.FOREIGN_ENDPOINT,
                            "the endpoint is at another origin than baseUrl, to which the key belongs")
                    .help("write {url: …, auth: {type: bearer, key: $NAME}}, or auth: none"));
            return null;
        }
        return new Endpoint.Absolute(url, auth);
    }

    private static Auth defaultAuth(Operation operation, String url) {
        WireDialect dialect = Dialects.speaking(operation.key()).orElse(Dialects.DEFAULT);
        return DefaultAuth.of(dialect.id(), URI.create(url.replace(MODEL, "model")));
    }

    private static Operation operation(String key) {
        return Operation.of(key)
                .orElseThrow(() -> new IllegalStateException("the operation " + key + " was not checked"));
    }
}
