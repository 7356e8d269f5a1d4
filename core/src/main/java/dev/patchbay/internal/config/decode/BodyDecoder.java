package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.BodyRules;
import java.util.ArrayList;
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

    BodyRules decode(@Nullable Node node) {
        if (!(node instanceof MapNode body) || body.entries().isEmpty()) {
            return BodyRules.NONE;
        }
        return new BodyRules(renames(body), members(body, "default"), members(body, "set"), drops(body));
    }

    private Map<String, @Nullable Object> members(MapNode body, String field) {
        return body.get(field).orElse(null) instanceof MapNode map ? values.members(map) : Map.of();
    }

    private Map<String, String> renames(MapNode body) {
        Map<String, String> renames = new LinkedHashMap<>();
        if (body.get("rename").orElse(null) instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                String to = context.text((ScalarNode) entry.value());
                if (to != null) {
                    renames.put(entry.key().text(), to);
                }
            }
        }
        return renames;
    }

    private List<String> drops(MapNode body) {
        List<String> drops = new ArrayList<>();
        if (body.get("drop").orElse(null) instanceof ListNode list) {
            for (Node item : list.items()) {
                String path = context.text((ScalarNode) item);
                if (path != null) {
                    drops.add(path);
                }
            }
        }
        return drops;
    }
}
