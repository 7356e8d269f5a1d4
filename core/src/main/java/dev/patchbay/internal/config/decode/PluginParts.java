package dev.patchbay.internal.config.decode;

import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.SecretSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the plugins at hand brought, by the names that provider files use.
 *
 * @param missing why a name is not there, for names that a rejected plugin would have brought
 */
public record PluginParts(
        Map<String, Dialect> dialects,
        Map<String, Authenticator> authenticators,
        Map<String, SecretSource> secretSources,
        Map<String, String> missing) {

    public PluginParts {
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

    /** The names of the options that are secrets; none of a plugin that fails when it is asked, which its definitions report. */
    public Set<String> secretOptions() {
        Set<String> names = new HashSet<>();
        dialects.values().forEach(dialect -> addSecrets(dialect::options, names));
        authenticators.values().forEach(authenticator -> addSecrets(authenticator::options, names));
        return names;
    }

    private static void addSecrets(Supplier<List<Option>> options, Set<String> names) {
        try {
            for (Option option : options.get()) {
                if (option.type() == Option.Type.SECRET) {
                    names.add(option.name());
                }
            }
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            return;
        }
    }

    private static Set<String> with(Set<String> own, Set<String> others) {
        Set<String> all = new HashSet<>(own);
        all.addAll(others);
        return Set.copyOf(all);
    }
}
