package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.schema.NumberSyntax;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes {@code quirks}; the table has checked their types. */
final class QuirkDecoder {

    private QuirkDecoder() {}

    static Map<String, @Nullable Object> decode(@Nullable Node node) {
        if (!(node instanceof MapNode map) || map.entries().isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable Object> quirks = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            if (!entry.key().text().startsWith("x-")) {
                quirks.put(entry.key().text(), value(entry.value()));
            }
        }
        return quirks;
    }

    private static Object value(Node node) {
        if (node instanceof ListNode list) {
            List<String> items = new ArrayList<>();
            for (Node item : list.items()) {
                items.add(((ScalarNode) item).text());
            }
            return items;
        }
        String text = ((ScalarNode) node).text();
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        return NumberSyntax.count(text).isPresent()
                ? (Object) NumberSyntax.count(text).getAsInt()
                : text;
    }
}
