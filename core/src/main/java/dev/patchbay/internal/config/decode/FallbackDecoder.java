package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.provider.Fallback;
import dev.patchbay.spi.ProviderException.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decodes {@code fallback}; whether its providers are there is for the registry to say. */
final class FallbackDecoder {

    private static final String EXAMPLE = "write {to: anthropic, when: [overloaded, network]}";

    private final DecodeContext context;

    FallbackDecoder(DecodeContext context) {
        this.context = context;
    }

    List<Fallback> decode(@Nullable Node node) {
        List<Fallback> fallbacks = new ArrayList<>(0);
        if (node instanceof ListNode list) {
            for (Node item : list.items()) {
                fallbacks.add(fallback(item, FieldReader.of(context, item)));
            }
        }
        return fallbacks;
    }

    private Fallback fallback(Node node, FieldReader fields) {
        String to = fields.value(ProviderFieldTable.FALLBACK_TO).orElse("");
        Set<Kind> when = EnumSet.noneOf(Kind.class);
        List<String> causes = fields.texts(ProviderFieldTable.FALLBACK_WHEN);
        if (causes != null) {
            causes.forEach(cause -> when.add(Fallback.CAUSES.get(cause)));
        }
        if (!context.isDamaged(ProviderFieldTable.FALLBACK)) {
            require(node, ProviderFieldTable.FALLBACK_TO, !to.isEmpty());
            require(node, ProviderFieldTable.FALLBACK_WHEN, !when.isEmpty());
        }
        return new Fallback(to, when);
    }

    private void require(Node node, Field<?> field, boolean given) {
        if (!given) {
            context.error(node.error(Code.MISSING_FIELD, "fallback." + field.name() + " is missing")
                    .help(EXAMPLE));
        }
    }
}
