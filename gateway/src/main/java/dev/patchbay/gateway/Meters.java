package dev.patchbay.gateway;

import dev.patchbay.spi.ProviderException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the gateway counts. Safe for use by several threads. */
final class Meters {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger active = new AtomicInteger();
    private final Counter delayed;

    /** To find the meters of a kind costs more than all that they count. */
    private final Map<Kind, OfKind> ended = new ConcurrentHashMap<>();

    Meters() {
        registry.gauge("patchbay.gateway.active", active);
        delayed = registry.counter("patchbay.gateway.delayed");
    }

    void begun() {
        active.incrementAndGet();
    }

    /** A connection or a request has to wait, since its event loop is behind. */
    void delayed() {
        delayed.increment();
    }

    void ended(ClientDialect dialect, AccessRecord record) {
        active.decrementAndGet();
        String status =
                record.status().isPresent() ? String.valueOf(record.status().getAsInt()) : "none";
        Kind kind = new Kind(
                dialect.id(),
                record.provider().orElse("none"),
                record.mode().orElse("none"),
                record.complete() ? status : "left");
        ended.computeIfAbsent(kind, this::ofKind).add(record);
    }

    private OfKind ofKind(Kind kind) {
        Tags tags = Tags.of("client", kind.client, "provider", kind.provider, "mode", kind.mode);
        return new OfKind(
                registry.counter("patchbay.gateway.requests", tags.and("status", kind.status)),
                Timer.builder("patchbay.gateway.duration").tags(tags).register(registry),
                registry.counter("patchbay.gateway.sent.bytes", tags));
    }

    /** One provider took the place of another. */
    void fellBack(String from, String to, ProviderException.Kind why) {
        registry.counter(
                        "patchbay.gateway.fallbacks",
                        Tags.of("from", from, "to", to, "why", why.name().toLowerCase(Locale.ROOT)))
                .increment();
    }

    /** In the text format of Prometheus. */
    String text() {
        return registry.scrape();
    }

    void close() {
        registry.close();
    }

    /** Providers are few; models and paths are not, so they are no labels. */
    private record Kind(String client, String provider, String mode, String status) {}

    private record OfKind(Counter requests, Timer duration, Counter sentBytes) {

        void add(AccessRecord record) {
            requests.increment();
            duration.record(record.took());
            sentBytes.increment((double) record.bytesOut());
        }
    }
}
