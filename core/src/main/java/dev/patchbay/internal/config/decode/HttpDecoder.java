package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.schema.HttpFields;
import dev.patchbay.internal.config.schema.NumberSyntax;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RetryPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decodes {@code http}. */
final class HttpDecoder {

    private final DecodeContext context;

    HttpDecoder(DecodeContext context) {
        this.context = context;
    }

    HttpSettings decode(FieldReader http) {
        if (http.isEmpty()) {
            return HttpSettings.DEFAULT;
        }
        return new HttpSettings(
                http.valueOrDefault(HttpFields.CONNECT_TIMEOUT),
                http.value(HttpFields.FIRST_BYTE_TIMEOUT),
                http.valueOrDefault(HttpFields.IDLE_TIMEOUT),
                http.valueOrDefault(HttpFields.TOTAL_TIMEOUT),
                retries(http.below(HttpFields.RETRIES)),
                new ProxyDecoder(context).decode(http.node(HttpFields.PROXY), http.name(HttpFields.PROXY)),
                new TlsDecoder(context).decode(http.node(HttpFields.TLS), http.below(HttpFields.TLS)));
    }

    private static RetryPolicy retries(FieldReader retries) {
        FieldReader backoff = retries.below(HttpFields.RETRY_BACKOFF);
        List<String> causes = retries.texts(HttpFields.RETRY_WHEN);
        return new RetryPolicy(
                retries.valueOrDefault(HttpFields.RETRY_MAX),
                causes == null ? RetryPolicy.DEFAULT.statuses() : statuses(causes),
                causes == null ? RetryPolicy.DEFAULT.network() : causes.contains("network"),
                backoff.valueOrDefault(HttpFields.BACKOFF_INITIAL),
                backoff.valueOrDefault(HttpFields.BACKOFF_MAX),
                retries.valueOrDefault(HttpFields.RETRY_MAX_WAIT));
    }

    private static Set<Integer> statuses(List<String> causes) {
        Set<Integer> statuses = new HashSet<>();
        for (String cause : causes) {
            NumberSyntax.count(cause).ifPresent(statuses::add);
        }
        return statuses;
    }
}
