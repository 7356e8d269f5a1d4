package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.schema.BodyFields;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.BodyRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes {@code body}. */
final class BodyDecoder {

    private final DecodeContext context;
    private final PlainValues values;

    BodyDecoder(DecodeContext context) {
        this.context = context;
        this.values = new PlainValues(context);
    }

    /** @param body fields of which nothing needs to be there */
    BodyRules decode(FieldReader body) {
        if (body.isEmpty()) {
            return BodyRules.NONE;
        }
        List<String> drops = body.texts(BodyFields.DROP);
        return new BodyRules(
                renames(body.node(BodyFields.RENAME)),
                members(body.node(BodyFields.DEFAULT)),
                members(body.node(BodyFields.SET)),
                drops == null ? List.of() : drops);
    }

    private Map<String, @Nullable Object> members(@Nullable Node node) {
        return node instanceof MapNode map ? values.members(map) : Map.of();
    }

    private Map<String, String> renames(@Nullable Node node) {
        Map<String, String> renames = new LinkedHashMap<>();
        if (node instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                String to = context.text((ScalarNode) entry.value());
                if (to != null) {
                    renames.put(entry.key().text(), to);
                }
            }
        }
        return renames;
    }
}
