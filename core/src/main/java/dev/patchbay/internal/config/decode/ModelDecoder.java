package dev.patchbay.internal.config.decode;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ModelFields;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.provider.Model;
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
            models.put(id, details.entries().isEmpty() ? Model.named(id) : model(id, FieldReader.of(context, details)));
        }
        return models;
    }

    private Model model(String id, FieldReader details) {
        List<String> input = details.texts(ModelFields.INPUT);
        return new Model(
                id,
                details.value(ModelFields.UPSTREAM_ID).orElse(id),
                details.value(ModelFields.NAME),
                count(details, ModelFields.CONTEXT),
                count(details, ModelFields.MAX_OUTPUT),
                input == null ? List.of() : input,
                details.value(ModelFields.TOOLS),
                price(details),
                bodies.decode(details.below(ModelFields.BODY)),
                QuirkDecoder.decode(details.node(ModelFields.QUIRKS)),
                dialect(details),
                details.value(ModelFields.FIRST_BYTE_TIMEOUT));
    }

    private Optional<String> dialect(FieldReader details) {
        Optional<String> id = details.value(ModelFields.DIALECT);
        if (id.isEmpty()) {
            return id;
        }
        Set<String> known = context.plugins().vocabulary().dialects();
        if (!known.contains(id.get())) {
            context.error(requireNonNull(details.node(ModelFields.DIALECT))
                    .error(
                            Code.UNKNOWN_DIALECT,
                            "no plugin brings the dialect " + id.get() + Nearest.question(id.get(), known))
                    .help("dialects: " + String.join(", ", new TreeSet<>(known))));
        }
        return id;
    }

    private static Optional<Model.Price> price(FieldReader details) {
        if (!details.has(ModelFields.PRICE)) {
            return Optional.empty();
        }
        FieldReader price = details.below(ModelFields.PRICE);
        return Optional.of(new Model.Price(
                price.value(ModelFields.PRICE_INPUT),
                price.value(ModelFields.PRICE_OUTPUT),
                price.value(ModelFields.PRICE_CACHE_READ),
                price.value(ModelFields.PRICE_CACHE_WRITE)));
    }

    private static OptionalInt count(FieldReader details, Field<Integer> field) {
        return details.value(field).map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
