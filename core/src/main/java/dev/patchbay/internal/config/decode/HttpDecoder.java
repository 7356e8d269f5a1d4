package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.schema.DurationText;
import dev.patchbay.internal.config.schema.NumberSyntax;
import dev.patchbay.internal.config.schema.ScalarType;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.provider.Timeout;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decodes {@code http}. */
final class HttpDecoder {

    private static final HttpSettings USUAL = HttpSettings.DEFAULT;

    private final DecodeContext context;

    HttpDecoder(DecodeContext context) {
        this.context = context;
    }

    HttpSettings decode(@Nullable Node node) {
        if (!(node instanceof MapNode http) || http.entries().isEmpty()) {
            return USUAL;
        }
        return new HttpSettings(
                timeout(http, "connectTimeout").orElse(USUAL.connect()),
                timeout(http, "firstByteTimeout"),
                timeout(http, "idleTimeout").orElse(USUAL.idle()),
                timeout(http, "totalTimeout").orElse(USUAL.total()),
                retries(http.get("retries").orElse(null)),
                new ProxyDecoder(context).decode(http.get("proxy").orElse(null)),
                new TlsDecoder(context).decode(http.get("tls").orElse(null)));
    }

    private RetryPolicy retries(@Nullable Node node) {
        RetryPolicy usual = RetryPolicy.DEFAULT;
        if (!(node instanceof MapNode retries)) {
            return usual;
        }
        MapNode backoff = retries.get("backoff").orElse(null) instanceof MapNode map ? map : null;
        Set<String> causes = causes(retries.get("when").orElse(null));
        return new RetryPolicy(
                text(retries, "max", ScalarType.COUNT)
                        .map(text -> NumberSyntax.count(text).orElse(usual.max()))
                        .orElse(usual.max()),
                causes == null ? usual.statuses() : statuses(causes),
                causes == null ? usual.network() : causes.contains("network"),
                duration(backoff, "initial").orElse(usual.initialBackoff()),
                duration(backoff, "max").orElse(usual.maxBackoff()),
                duration(retries, "maxWait").orElse(usual.maxWait()));
    }

    private @Nullable Set<String> causes(@Nullable Node node) {
        if (!(node instanceof ListNode list)) {
            return null;
        }
        Set<String> causes = new HashSet<>();
        for (Node item : list.items()) {
            String text = context.text((ScalarNode) item, ScalarType.RETRY_CAUSE, "http.retries.when");
            if (text != null) {
                causes.add(text);
            }
        }
        return causes;
    }

    private static Set<Integer> statuses(Set<String> causes) {
        Set<Integer> statuses = new HashSet<>();
        for (String cause : causes) {
            NumberSyntax.count(cause).ifPresent(statuses::add);
        }
        return statuses;
    }

    private Optional<Timeout> timeout(MapNode http, String field) {
        return text(http, field, ScalarType.TIMEOUT)
                .map(text -> DurationText.parse(text).map(Timeout::of).orElse(Timeout.OFF));
    }

    private Optional<Duration> duration(@Nullable MapNode map, String field) {
        return map == null
                ? Optional.empty()
                : text(map, field, ScalarType.DURATION).flatMap(DurationText::parse);
    }

    private Optional<String> text(MapNode map, String field, ScalarType type) {
        ScalarNode node = DecodeContext.scalar(map.get(field).orElse(null));
        return node == null ? Optional.empty() : Optional.ofNullable(context.text(node, type, field));
    }
}
