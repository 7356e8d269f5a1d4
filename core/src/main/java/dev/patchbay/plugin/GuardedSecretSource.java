package dev.patchbay.plugin;

import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretSource;

/** A plugin's secret source behind a {@link Guard}. */
final class GuardedSecretSource implements SecretSource {

    private final SecretSource source;
    private final Guard guard;
    private final String scheme;

    GuardedSecretSource(SecretSource source, Guard guard) throws Rejection {
        this.source = source;
        this.guard = guard;
        this.scheme = guard.load("SecretSource.scheme", source::scheme);
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public Secret resolve(String reference) {
        return guard.call("SecretSource.resolve", () -> source.resolve(reference));
    }
}
