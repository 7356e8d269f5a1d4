package dev.patchbay.config.decode;

import dev.patchbay.config.schema.Vocabulary;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the plugins at hand brought, by the names that provider files use.
 *
 * @param missing why a name is not there, for names that a rejected plugin would have brought
 */
public record Plugs(
        Map<String, Dialect> dialects,
        Map<String, Authenticator> authenticators,
        Map<String, SecretSource> secretSources,
        Map<String, String> missing) {

    public Plugs {
        dialects = Map.copyOf(dialects);
        authenticators = Map.copyOf(authenticators);
        secretSources = Map.copyOf(secretSources);
        missing = Map.copyOf(missing);
    }

    /** Their names, and core's own. */
    public Vocabulary vocabulary() {
        return new Vocabulary(
                with(Vocabulary.CORE_DIALECTS, dialects.keySet()),
                with(Vocabulary.CORE_AUTH_TYPES, authenticators.keySet()),
                Set.copyOf(secretSources.keySet()));
    }

    private static Set<String> with(Set<String> own, Set<String> others) {
        Set<String> all = new HashSet<>(own);
        all.addAll(others);
        return Set.copyOf(all);
    }
}
