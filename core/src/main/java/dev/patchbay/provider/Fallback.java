package dev.patchbay.provider;

import dev.patchbay.spi.ProviderException.Kind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where a session goes on when a provider fails (provider-files.md, section 2, {@code fallback}). Immutable.
 *
 * @param to the id of the other provider, to which the conversation is sent then
 * @param when the failures that it is for; for any other the session ends
 */
public record Fallback(String to, Set<Kind> when) {

    /** The failures that a file can name, by the words for them. */
    public static final Map<String, Kind> CAUSES = causes();

    public Fallback {
        when = when.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(when));
    }

    private static Map<String, Kind> causes() {
        Map<String, Kind> causes = new LinkedHashMap<>();
        causes.put("rateLimit", Kind.RATE_LIMIT);
        causes.put("overloaded", Kind.OVERLOADED);
        causes.put("server", Kind.SERVER);
        causes.put("timeout", Kind.TIMEOUT);
        causes.put("network", Kind.NETWORK);
        causes.put("auth", Kind.AUTH);
        causes.put("quota", Kind.QUOTA);
        causes.put("contextLength", Kind.CONTEXT_LENGTH);
        return Collections.unmodifiableMap(causes);
    }
}
