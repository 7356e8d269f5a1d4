package dev.patchbay.config.decode;

import dev.patchbay.config.schema.KeyType;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.provider.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes {@code headers} and {@code query}. */
final class ValueDecoder {

    private final SecretDecoder secrets;

    ValueDecoder(Context context) {
        this.secrets = new SecretDecoder(context);
    }

    Map<String, Value> decode(@Nullable Node node, KeyType keys) {
        if (!(node instanceof MapNode map) || map.entries().isEmpty()) {
            return Map.of();
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            String name = entry.key().text();
            Value value = secrets.value((ScalarNode) entry.value(), keys.isCredential(name), keys == KeyType.HEADER);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }
}
