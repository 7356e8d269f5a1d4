package dev.patchbay.daemon.service;

import dev.patchbay.Patchbay;
import dev.patchbay.daemon.event.EventHub;
import dev.patchbay.session.SessionError;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.spi.Usage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.OptionalLong;

/** What the daemon counts of its sessions and of those who listen; shown at {@code /metrics}. Safe for use by several threads. */
@Singleton
public final class SessionMeters implements MeterBinder {

    private static final String PROVIDER = "provider";

    /** Stands for every provider that no file defines: their names are as many as anybody likes. */
    private static final String AD_HOC = "custom";

    private final CompositeMeterRegistry registries = new CompositeMeterRegistry();
    private final Patchbay patchbay;
    private final EventHub events;

    @Inject
    SessionMeters(Patchbay patchbay, EventHub events) {
        this.patchbay = patchbay;
        this.events = events;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("patchbay.sessions.running", events, EventHub::running).register(registry);
        Gauge.builder("patchbay.events.subscribers", events, EventHub::subscribers)
                .register(registry);
        registries.add(registry);
    }

    /** A session of this process has ended. */
    void ended(SessionRecord session) {
        session.failures().stream().map(SessionError::provider).forEach(failed -> called(label(failed), "failed"));
        String provider = label(session.provider().orElse(""));
        String outcome = session.status().word();
        called(provider, outcome);
        registries
                .counter("patchbay.sessions.ended", Tags.of(PROVIDER, provider, "status", outcome))
                .increment();
        Usage usage = session.usage();
        tokens(provider, "input", usage.inputTokens());
        tokens(provider, "output", usage.outputTokens());
        tokens(provider, "cache_read", usage.cacheReadTokens());
        tokens(provider, "cache_creation", usage.cacheCreationTokens());
        session.costUsd()
                .ifPresent(usd -> registries
                        .counter("patchbay.sessions.cost.usd", PROVIDER, provider)
                        .increment(usd.doubleValue()));
        session.firstToken()
                .ifPresent(time -> registries
                        .timer("patchbay.sessions.first.token", PROVIDER, provider)
                        .record(time));
    }

    private void called(String provider, String outcome) {
        registries
                .counter("patchbay.sessions.calls", Tags.of(PROVIDER, provider, "outcome", outcome))
                .increment();
    }

    private void tokens(String provider, String kind, OptionalLong count) {
        count.ifPresent(tokens -> registries
                .counter("patchbay.sessions.tokens", PROVIDER, provider, "kind", kind)
                .increment((double) tokens));
    }

    private String label(String provider) {
        return patchbay.registry().find(provider).isPresent() ? provider : AD_HOC;
    }
}
