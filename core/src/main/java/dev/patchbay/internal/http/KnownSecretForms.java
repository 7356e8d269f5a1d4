package dev.patchbay.internal.http;

import dev.patchbay.spi.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What to look for by the secrets of a call, which are the same for many calls: worked out once, for the last 64 kinds of call. Only
 * for secrets that this process holds anyway, in its environment or its configuration. Safe for use by several threads.
 */
final class KnownSecretForms implements Function<List<Secret>, SecretForms> {

    private static final int MOST = 64;

    private final Map<List<String>, SecretForms> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, SecretForms> eldest) {
            return size() > MOST;
        }
    };

    @Override
    public synchronized SecretForms apply(List<Secret> used) {
        return known.computeIfAbsent(used.stream().map(Secret::reveal).toList(), texts -> new SecretForms(used));
    }

    /** Without the secrets, which are keys of the map. */
    @Override
    public String toString() {
        return "KnownSecretForms[]";
    }
}
