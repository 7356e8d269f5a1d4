package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.schema.KeyType;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes {@code headers} and {@code query}. */
final class ValueDecoder {

    private final SecretDecoder secrets;

    ValueDecoder(DecodeContext context) {
        this.secrets = new SecretDecoder(context);
    }

    Map<String, Value> decode(@Nullable Node node, KeyType keys) {
        if (!(node instanceof MapNode map) || map.entries().isEmpty()) {
            return Map.of();
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            String name = entry.key().text();
            Value value = entry.value() instanceof ScalarNode scalar
                    ? secrets.value(scalar, keys.isCredential(entry), keys == KeyType.HEADER)
                    : secrets.hidden(entry.value());
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }
}
