package dev.patchbay.internal.gateway.accept;

import dev.patchbay.gateway.AccessRecord;
import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.client.ClientDialect;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the gateway counts. Safe for use by several threads. */
public final class Meters {

    private static final String PROVIDER = "provider";

    /** Stands for every provider that no file defines, and for those beyond the limit: names are as many as anybody likes. */
    private static final String OTHER_PROVIDER = "custom";

    private static final int MOST_PROVIDERS = 500;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger active = new AtomicInteger();
    private final Counter delayed;

    /** To find the meters of a kind costs more than all that they count. */
    private final Map<Kind, OfKind> ended = new ConcurrentHashMap<>();

    private final Map<String, OfProvider> answered = new ConcurrentHashMap<>();

    private final Set<String> providers = ConcurrentHashMap.newKeySet();

    public Meters() {
        registry.gauge("patchbay.gateway.active", active);
        delayed = registry.counter("patchbay.gateway.delayed");
    }

    /** Shows what is held and open now, and may be. */
    public void watch(BufferBudget budget, ConnectionLimit connections) {
        registry.gauge("patchbay.gateway.buffered.bytes", budget, BufferBudget::used);
        registry.gauge("patchbay.gateway.connections", connections, ConnectionLimit::count);
        registry.gauge("patchbay.gateway.connections.limit", connections, ConnectionLimit::most);
    }

    public void begun() {
        active.incrementAndGet();
    }

    /**
     * A connection of a client was closed, or refused, by the gateway.
     *
     * @param why one of a few words
     */
    void closed(String why) {
        registry.counter("patchbay.gateway.closed", "why", why).increment();
    }

    /** A connection or a request has to wait, since its event loop is behind. */
    void delayed() {
        delayed.increment();
    }

    public void ended(ClientDialect dialect, AccessRecord record) {
        active.decrementAndGet();
        String status =
                record.status().isPresent() ? String.valueOf(record.status().getAsInt()) : "none";
        Kind kind = new Kind(
                dialect.id(),
                record.provider().map(this::label).orElse("none"),
                record.mode().orElse("none"),
                record.complete() ? status : record.brokeOff() ? "broken" : "left");
        ended.computeIfAbsent(kind, this::ofKind).add(record);
        record.provider().ifPresent(provider -> answered(label(provider), record));
    }

    private OfKind ofKind(Kind kind) {
        Tags tags = Tags.of("client", kind.client, PROVIDER, kind.provider, "mode", kind.mode);
        return new OfKind(
                registry.counter("patchbay.gateway.requests", tags.and("status", kind.status)),
                Timer.builder("patchbay.gateway.duration").tags(tags).register(registry),
                registry.counter("patchbay.gateway.sent.bytes", tags));
    }

    /** One provider took the place of another. */
    public void fellBack(String from, String to, ProviderException.Kind why) {
        registry.counter(
                        "patchbay.gateway.fallbacks",
                        Tags.of(
                                "from",
                                label(from),
                                "to",
                                label(to),
                                "why",
                                why.name().toLowerCase(Locale.ROOT)))
                .increment();
    }

    /** Adds what others count. */
    public void add(MeterBinder others) {
        others.bindTo(registry);
    }

    /** What a call came to, once that is known. */
    public void paid(String provider, BigDecimal usd) {
        registry.counter("patchbay.gateway.cost.usd", PROVIDER, label(provider)).increment(usd.doubleValue());
    }

    private void answered(String provider, AccessRecord record) {
        OfProvider meters = answered.computeIfAbsent(provider, OfProvider::new);
        Usage usage = record.usage();
        meters.tokens("input", usage.inputTokens());
        meters.tokens("output", usage.outputTokens());
        meters.tokens("cache_read", usage.cacheReadTokens());
        meters.tokens("cache_creation", usage.cacheCreationTokens());
        record.firstToken().ifPresent(meters::firstToken);
    }

    /** A provider that the registry has: it gets figures of its own, as long as there is room. */
    public void define(String provider) {
        if (providers.size() < MOST_PROVIDERS) {
            providers.add(provider);
        }
    }

    private String label(String provider) {
        return providers.contains(provider) ? provider : OTHER_PROVIDER;
    }

    /** In the text format of Prometheus. */
    public String text() {
        return registry.scrape();
    }

    public void close() {
        registry.close();
    }

    /** Providers are few; models and paths are not, so they are no labels. */
    private record Kind(String client, String provider, String mode, String status) {

        // Written out, since what a record is given of its own is made when it is first asked for, in ten milliseconds.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Kind kind
                    && client.equals(kind.client)
                    && provider.equals(kind.provider)
                    && mode.equals(kind.mode)
                    && status.equals(kind.status);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * (31 * client.hashCode() + provider.hashCode()) + mode.hashCode()) + status.hashCode();
        }
    }

    /** What providers say of their answers; each is there once it was said. */
    private final class OfProvider {

        private final String provider;
        private final Map<String, Counter> tokens = new ConcurrentHashMap<>();
        private volatile @Nullable Timer firstToken;

        OfProvider(String provider) {
            this.provider = provider;
        }

        void tokens(String kind, OptionalLong count) {
            if (count.isPresent()) {
                tokens.computeIfAbsent(
                                kind,
                                said -> registry.counter("patchbay.gateway.tokens", PROVIDER, provider, "kind", said))
                        .increment((double) count.getAsLong());
            }
        }

        void firstToken(Duration time) {
            Timer timer = firstToken;
            if (timer == null) {
                timer = registry.timer("patchbay.gateway.first.token", PROVIDER, provider);
                firstToken = timer;
            }
            timer.record(time);
        }
    }

    private record OfKind(Counter requests, Timer duration, Counter sentBytes) {

        void add(AccessRecord record) {
            requests.increment();
            duration.record(record.took());
            sentBytes.increment((double) record.bytesOut());
        }
    }
}
