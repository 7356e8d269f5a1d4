package dev.patchbay.internal.plugin;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.plugin.LoadedPlugin.DefinitionFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What became of one plugin that was found: it works, or it is left out and says why. */
public sealed interface PluginOutcome {

    /** Where it was found. */
    PluginOrigin origin();

    /**
     * A plugin that works.
     *
     * @param version its {@code Implementation-Version}, if its manifest has one
     */
    record Loaded(LoadedPlugin plugin, PluginOrigin origin, Optional<String> version) implements PluginOutcome {

        public Loaded {
            version = version.map(Printable::line);
        }

        /** The same with more provider files. */
        Loaded withDefinitions(List<DefinitionFile> more) {
            List<DefinitionFile> all = new ArrayList<>(plugin.definitions());
            all.addAll(more);
            LoadedPlugin complete = new LoadedPlugin(
                    plugin.id(), plugin.jar(), plugin.dialects(), plugin.authenticators(), plugin.secretSources(), all);
            return new Loaded(complete, origin, version);
        }
    }

    /**
     * A plugin that was left out; all others go on without it.
     *
     * @param id its id, if it got far enough to say one
     * @param version its {@code Implementation-Version}, if its manifest could be read and has one
     * @param code the kind of problem
     * @param reason what is wrong, as one line
     * @param help what to do about it, as one line
     * @param cause what was thrown, for a reader who asks for details
     * @param definitions the provider files that it would have brought, as far as they could be read without running it
     * @param names ids that it would have brought, or, where it could not be asked, that its classes mention
     */
    record Rejected(
            Optional<String> id,
            PluginOrigin origin,
            Optional<String> version,
            Code code,
            String reason,
            Optional<String> help,
            Optional<Throwable> cause,
            List<DefinitionFile> definitions,
            Set<String> names)
            implements PluginOutcome {

        public Rejected {
            id = id.map(Printable::line);
            version = version.map(Printable::line);
            reason = Printable.line(reason);
            definitions = List.copyOf(definitions);
            names = Set.copyOf(names);
        }

        /** Whether a dialect, authenticator or secret source of this name is missing because of this rejection. */
        public boolean wouldBring(String name) {
            return names.contains(name);
        }

        /**
         * The rejection as a problem of the configuration; its place is the jar.
         *
         * @param dependents ids of the providers that do not work without the plugin
         */
        public Diagnostic diagnostic(List<String> dependents) {
            String place = origin.path().map(Path::toString).orElse(origin.label());
            String which = id.map(text -> "plugin " + text).orElse("plugin");
            Diagnostic.Builder diagnostic =
                    Diagnostic.error(code, Location.of(place), which + " rejected: " + reason + without(dependents));
            help.ifPresent(diagnostic::help);
            return diagnostic.build();
        }

        private static String without(List<String> dependents) {
            return dependents.isEmpty() ? "" : "; not available without it: " + String.join(", ", dependents);
        }

        /** The rejection as one line: where the plugin was found, and what is wrong with it. */
        public String line() {
            return origin.label() + id.map(text -> " (" + text + ")").orElse("") + ": " + reason;
        }
    }
}
