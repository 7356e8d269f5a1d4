package dev.patchbay.internal.plugin;

import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFormName;
import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names that are taken, each by one plugin only; a plugin gets all of its names or none. */
final class ClaimedNames {

    /** The kinds of name; each is a space of its own. */
    enum Kind {
        PLUGIN("[a-z0-9][a-z0-9._-]{0,63}"),
        DIALECT("[a-z0-9][a-z0-9._-]{0,63}"),
        AUTHENTICATOR("[a-z0-9][a-z0-9._-]{0,63}"),
        SECRET_SOURCE("[a-z][A-Za-z0-9]*");

        private final Pattern syntax;

        Kind(String syntax) {
            this.syntax = Pattern.compile(syntax);
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** With methods written out: linking the ones of a record at first use costs a cold start some 40 ms. */
    private record Name(Kind kind, String text) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Name name && kind == name.kind && text.equals(name.text);
        }

        @Override
        public int hashCode() {
            return 31 * kind.hashCode() + text.hashCode();
        }
    }

    private static final String HOST = "Patchbay itself";

    private final Map<Name, String> owners = new HashMap<>();

    ClaimedNames() {
        reserve(Kind.DIALECT, Dialects.ids().toArray(String[]::new));
        reserve(Kind.AUTHENTICATOR, Vocabulary.CORE_AUTH_TYPES.toArray(String[]::new));
        reserve(Kind.SECRET_SOURCE, SecretFormName.CORE.toArray(String[]::new));
        reserve(
                Kind.SECRET_SOURCE,
                ProviderFieldTable.COMMAND_FIELDS.fields().keySet().toArray(String[]::new));
    }

    /**
     * Takes all names of a plugin.
     *
     * @param owner what messages call the plugin's place
     * @throws Rejection if one is not a name or is taken; then none was taken
     */
    void claim(LoadedPlugin plugin, String owner) throws Rejection {
        Set<Name> wanted = new LinkedHashSet<>();
        want(wanted, Kind.PLUGIN, plugin.id());
        for (Dialect dialect : plugin.dialects()) {
            want(wanted, Kind.DIALECT, dialect.id());
        }
        for (Authenticator authenticator : plugin.authenticators()) {
            want(wanted, Kind.AUTHENTICATOR, authenticator.type());
        }
        for (SecretSource source : plugin.secretSources()) {
            want(wanted, Kind.SECRET_SOURCE, source.scheme());
        }
        wanted.forEach(name -> owners.put(name, owner));
    }

    private void want(Set<Name> wanted, Kind kind, String text) throws Rejection {
        if (!kind.syntax.matcher(text).matches()) {
            throw Rejection.because(
                    kind.word() + " '" + PluginFault.oneLine(text) + "' is not a name: it must match " + kind.syntax);
        }
        String owner = owners.get(new Name(kind, text));
        if (owner != null) {
            throw Rejection.conflict(kind.word() + " '" + text + "' is already there, from " + owner)
                    .withHelp("the one found first keeps the name: take one of the two out, or rename it");
        }
        if (!wanted.add(new Name(kind, text))) {
            throw Rejection.because(kind.word() + " '" + text + "' is brought twice");
        }
    }

    private void reserve(Kind kind, String... names) {
        for (String name : names) {
            owners.put(new Name(kind, name), HOST);
        }
    }
}
