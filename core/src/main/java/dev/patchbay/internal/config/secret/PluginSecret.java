package dev.patchbay.internal.config.secret;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.spi.SecretSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A secret that a plugin's source looks up when it is used; one with a lifetime is kept as long. */
final class PluginSecret implements SecretValue {

    private static final Duration AHEAD = Duration.ofSeconds(10);

    private final SecretSource source;
    private final SecretRef reference;
    private final Options options;
    private final Location location;
    private final AtomicReference<@Nullable Known> ahead = new AtomicReference<>();
    private volatile @Nullable Known known;

    private record Known(Secret secret, long since, Duration lifetime) {

        boolean isFresh() {
            return System.nanoTime() - since < lifetime.toNanos();
        }
    }

    PluginSecret(SecretSource source, SecretRef reference, Options options, Location location) {
        this.source = source;
        this.reference = reference;
        this.options = options;
        this.location = location;
    }

    @Override
    public SecretRef reference() {
        return reference;
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public Secret resolve() {
        Known before = known;
        if (before != null && before.isFresh()) {
            return before.secret();
        }
        Known asked = ahead.getAndSet(null);
        if (asked != null && asked.isFresh()) {
            return asked.secret();
        }
        long now = System.nanoTime();
        Secret secret = source.resolve(new Lookup(reference.reference(), options));
        known = secret.lifetime()
                .map(lifetime -> new Known(secret, now, lifetime))
                .orElse(null);
        return secret;
    }

    /**
     * Looks it up for the {@link #resolve} that follows at once, so that whoever has to know whether it is there does not have its
     * source asked twice.
     */
    void resolveAhead() {
        long now = System.nanoTime();
        ahead.set(new Known(resolve(), now, AHEAD));
    }

    /** Forgets what was kept, if that is what was refused. */
    @Override
    public boolean renew(Secret refused) {
        Known before = known;
        if (before == null || before.secret() != refused) {
            return false;
        }
        known = null;
        return true;
    }

    @Override
    public String toString() {
        return "secret " + reference + " at " + location;
    }

    /** The source's guard puts in what is lent. */
    private record Lookup(String reference, Options options) implements SecretSource.Request {

        @Override
        public ProviderContext context() {
            throw new UnsupportedOperationException("nothing is lent here");
        }
    }
}
