package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.schema.NumberSyntax;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.Model;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decodes {@code models}. */
final class ModelDecoder {

    private final DecodeContext context;
    private final BodyDecoder bodies;

    ModelDecoder(DecodeContext context) {
        this.context = context;
        this.bodies = new BodyDecoder(context);
    }

    Map<String, Model> decode(@Nullable Node node) {
        if (!(node instanceof MapNode map) || map.entries().isEmpty()) {
            return Map.of();
        }
        Map<String, Model> models = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            String id = entry.key().text();
            MapNode details = (MapNode) entry.value();
            models.put(id, details.entries().isEmpty() ? Model.named(id) : model(id, details));
        }
        return models;
    }

    private Model model(String id, MapNode details) {
        return new Model(
                id,
                text(details, "upstreamId").orElse(id),
                text(details, "name"),
                count(details, "context"),
                count(details, "maxOutput"),
                texts(details),
                text(details, "tools").map(Boolean::valueOf),
                price(details.get("price").orElse(null)),
                bodies.decode(details.get("body").orElse(null)),
                QuirkDecoder.decode(details.get("quirks").orElse(null)),
                dialect(details));
    }

    private Optional<String> dialect(MapNode details) {
        Optional<String> id = text(details, "dialect");
        Set<String> known = context.plugs().vocabulary().dialects();
        if (id.isPresent() && !known.contains(id.get())) {
            context.error(details.get("dialect")
                    .orElseThrow()
                    .error(
                            Code.UNKNOWN_DIALECT,
                            "no plugin brings the dialect " + id.get() + Nearest.question(id.get(), known))
                    .help("dialects: " + String.join(", ", new TreeSet<>(known))));
        }
        return id;
    }

    private static Optional<Model.Price> price(@Nullable Node node) {
        if (!(node instanceof MapNode price)) {
            return Optional.empty();
        }
        return Optional.of(new Model.Price(
                decimal(price, "input"),
                decimal(price, "output"),
                decimal(price, "cacheRead"),
                decimal(price, "cacheWrite")));
    }

    private static Optional<BigDecimal> decimal(MapNode map, String field) {
        return text(map, field).flatMap(NumberSyntax::decimal);
    }

    private static OptionalInt count(MapNode map, String field) {
        return text(map, field).map(NumberSyntax::count).orElse(OptionalInt.empty());
    }

    private static Optional<String> text(MapNode map, String field) {
        return map.get(field).map(node -> ((ScalarNode) node).text());
    }

    private static List<String> texts(MapNode details) {
        List<String> texts = new ArrayList<>();
        if (details.get("input").orElse(null) instanceof ListNode list) {
            for (Node item : list.items()) {
                texts.add(((ScalarNode) item).text());
            }
        }
        return texts;
    }
}
