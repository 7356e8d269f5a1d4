package dev.patchbay.plugin;

import dev.patchbay.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.plugin.PluginOutcome.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a plugin before it is asked anything.
 *
 * @param loader loads its classes and resources
 * @param definitionPrefix what a provider file's name gets in front of it in messages
 * @param definitions provider files that were found without asking it
 * @param names what its classes mention; for the messages of a rejection
 */
record PluginSource(
        PluginOrigin origin,
        Optional<String> version,
        ClassLoader loader,
        String definitionPrefix,
        List<DefinitionFile> definitions,
        Set<String> names) {

    /** Longer files are refused when they are read as provider files; one byte more than the limit shows that. */
    private static final int MOST_BYTES = (1 << 20) + 1;

    static PluginSource of(PluginOrigin origin, Class<?> type, String definitionPrefix) {
        ClassLoader loader = type.getClassLoader();
        return new PluginSource(
                origin,
                Optional.ofNullable(type.getPackage()).map(Package::getImplementationVersion),
                loader == null ? ClassLoader.getPlatformClassLoader() : loader,
                definitionPrefix,
                List.of(),
                Set.of());
    }

    /** Reads a provider file that the plugin names. */
    DefinitionFile definition(String resource) throws Rejection {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw Rejection.because("definitions() names " + Fault.oneLine(resource) + ", which is not there");
            }
            return new DefinitionFile(label(resource), in.readNBytes(MOST_BYTES));
        } catch (IOException e) {
            throw Rejection.because(Fault.oneLine(resource) + " cannot be read: " + Fault.describe(e), e);
        }
    }

    String label(String resource) {
        boolean builtIn = definitionPrefix.endsWith(":");
        return definitionPrefix + (builtIn ? resource.substring(resource.lastIndexOf('/') + 1) : resource);
    }

    Rejected rejected(Optional<String> id, Rejection rejection) {
        return new Rejected(
                id, origin, version, rejection.reason(), rejection.help(), rejection.cause(), definitions, names);
    }
}
