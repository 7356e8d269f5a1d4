package dev.patchbay.gateway;

import dev.patchbay.spi.ProviderException.Kind;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What the gateway counts. Safe for use by several threads. */
final class Meters {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger active = new AtomicInteger();

    Meters() {
        registry.gauge("patchbay.gateway.active", active);
    }

    void begun() {
        active.incrementAndGet();
    }

    /** Providers are few; models and paths are not, so they are no labels. */
    void ended(ClientDialect dialect, AccessRecord record) {
        active.decrementAndGet();
        String status =
                record.status().isPresent() ? String.valueOf(record.status().getAsInt()) : "none";
        Tags tags = Tags.of(
                "client", dialect.id(),
                "provider", record.provider().orElse("none"),
                "mode", record.mode().orElse("none"));
        registry.counter("patchbay.gateway.requests", tags.and("status", record.complete() ? status : "left"))
                .increment();
        Timer.builder("patchbay.gateway.duration").tags(tags).register(registry).record(record.took());
        registry.counter("patchbay.gateway.sent.bytes", tags).increment((double) record.bytesOut());
    }

    /** One provider took the place of another. */
    void fellBack(String from, String to, Kind why) {
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
}
