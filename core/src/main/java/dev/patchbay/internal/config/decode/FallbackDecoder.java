package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
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
                fallbacks.add(fallback((MapNode) item));
            }
        }
        return fallbacks;
    }

    private Fallback fallback(MapNode map) {
        String to = map.get("to").map(node -> ((ScalarNode) node).text()).orElse("");
        Set<Kind> when = EnumSet.noneOf(Kind.class);
        if (map.get("when").orElse(null) instanceof ListNode causes) {
            causes.items().forEach(cause -> when.add(Fallback.CAUSES.get(((ScalarNode) cause).text())));
        }
        if (!context.isDamaged("fallback")) {
            require(map, "to", !to.isEmpty());
            require(map, "when", !when.isEmpty());
        }
        return new Fallback(to, when);
    }

    private void require(MapNode map, String field, boolean given) {
        if (!given) {
            context.error(map.error(Code.MISSING_FIELD, "fallback." + field + " is missing")
                    .help(EXAMPLE));
        }
    }
}
