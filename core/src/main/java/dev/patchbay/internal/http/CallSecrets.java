package dev.patchbay.internal.http;

import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The secrets that a plugin's client asks for by itself: each is looked up once a call, however often the plugin asks. What it
 * asks for while it connects counts for its first call. Safe for use by several threads; of calls that run at the same time, one
 * may find what another has looked up.
 */
final class CallSecrets implements Function<SecretRef, Secret> {

    private final Function<SecretRef, Secret> lookup;
    private final Map<SecretRef, Secret> known = new ConcurrentHashMap<>();
    private boolean called;

    CallSecrets(Function<SecretRef, Secret> lookup) {
        this.lookup = lookup;
    }

    @Override
    public Secret apply(SecretRef reference) {
        return known.computeIfAbsent(reference, lookup);
    }

    /** A call begins: what those before it looked up is forgotten. */
    synchronized void begin() {
        if (called) {
            known.clear();
        }
        called = true;
    }
}
