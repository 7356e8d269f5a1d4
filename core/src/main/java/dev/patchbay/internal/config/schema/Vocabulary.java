package dev.patchbay.internal.config.schema;

import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.dialect.Dialects;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The names that the plugins at hand add to those of the table.
 *
 * @param dialects ids of dialects, core's own included
 * @param authTypes types of authentication, core's own included
 * @param secretSchemes keys of secret forms, without core's own
 */
public record Vocabulary(Set<String> dialects, Set<String> authTypes, Set<String> secretSchemes) {

    /** What core speaks itself. */
    public static final Set<String> CORE_DIALECTS = Dialects.ids();

    /** What core knows itself. */
    public static final Set<String> CORE_AUTH_TYPES = Set.of("none", "bearer", "header");

    /** The dialect that somebody means by the name of a company, a product or an API; empty if none is known by it. */
    public static Optional<String> meantDialect(String name) {
        String meant = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return Dialects.ALL.stream()
                .filter(dialect -> dialect.otherNames().contains(meant))
                .map(WireDialect::id)
                .findFirst();
    }
}
