package dev.patchbay.testkit;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A host for a dialect under test: a real transport that adds a key at the provider's origin and nowhere else, and secrets
 * from a map. What is configured is immutable; safe for use by several threads.
 */
public final class TestContext implements ProviderContext {

    private final @Nullable URI baseUrl;
    private final @Nullable String key;
    private final Map<SecretRef, String> secrets;
    private final Clock clock;
    private final HttpTransport http;
    private final AtomicInteger secretsAsked = new AtomicInteger();

    private TestContext(@Nullable URI baseUrl, @Nullable String key, Map<SecretRef, String> secrets, Clock clock) {
        this.baseUrl = baseUrl;
        this.key = key;
        this.secrets = secrets;
        this.clock = clock;
        this.http = new TestTransport(Optional.ofNullable(baseUrl), Optional.ofNullable(key));
    }

    /** A host for a provider at an address. */
    public static TestContext of(URI baseUrl) {
        return new TestContext(requireNonNull(baseUrl, "baseUrl is null"), null, Map.of(), Clock.systemUTC());
    }

    /** A host whose transport refuses every call, for dialects that open no connection. */
    public static TestContext withoutNetwork() {
        return new TestContext(null, null, Map.of(), Clock.systemUTC());
    }

    /** The same with a key, sent as {@code Authorization: Bearer …} with each call to the provider's origin. */
    public TestContext key(String value) {
        return new TestContext(baseUrl, requireNonNull(value, "value is null"), secrets, clock);
    }

    /** The same with a secret to be found under a reference. */
    public TestContext secret(SecretRef reference, String value) {
        Map<SecretRef, String> more = new HashMap<>(secrets);
        more.put(requireNonNull(reference, "reference is null"), requireNonNull(value, "value is null"));
        return new TestContext(baseUrl, key, Map.copyOf(more), clock);
    }

    /** The same with another clock. Default: that of the system. */
    public TestContext clock(Clock other) {
        return new TestContext(baseUrl, key, secrets, requireNonNull(other, "other is null"));
    }

    @Override
    public HttpTransport http() {
        return http;
    }

    @Override
    public Secret secret(SecretRef reference) {
        secretsAsked.incrementAndGet();
        String value = secrets.get(requireNonNull(reference, "reference is null"));
        if (value == null) {
            throw new ProviderException(ProviderException.Kind.AUTH, "no secret " + reference);
        }
        return Secret.of(value);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    /** How often {@link #secret(SecretRef)} was called. */
    public int secretsAsked() {
        return secretsAsked.get();
    }
}
