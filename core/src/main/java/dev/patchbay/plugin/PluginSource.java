package dev.patchbay.plugin;

import dev.patchbay.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.plugin.PluginOutcome.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is known of a plugin before it is asked anything.
 *
 * @param loader loads its classes and resources
 * @param prefix goes in front of the names of its provider files in messages
 * @param found provider files that were found without asking it
 * @param names what its classes mention; asked for if it is rejected
 */
record PluginSource(
        PluginOrigin origin,
        Optional<String> version,
        ClassLoader loader,
        String prefix,
        List<DefinitionFile> found,
        Supplier<Set<String>> names) {

    /** A plugin whose class is there already. */
    static PluginSource of(PluginOrigin origin, Class<?> type, String prefix) {
        ClassLoader loader = type.getClassLoader();
        return new PluginSource(
                origin,
                Optional.ofNullable(type.getPackage()).map(Package::getImplementationVersion),
                loader == null ? ClassLoader.getPlatformClassLoader() : loader,
                prefix,
                List.of(),
                Set::of);
    }

    /** Reads a provider file that the plugin names. */
    DefinitionFile definition(String resource) throws Rejection {
        for (DefinitionFile file : found) {
            if (file.name().endsWith("!" + resource)) {
                return file;
            }
        }
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw Rejection.because("definitions() names " + Fault.oneLine(resource) + ", which is not there");
            }
            return new DefinitionFile(label(resource), in.readNBytes(JarContents.MOST_DEFINITION_BYTES));
        } catch (IOException e) {
            throw Rejection.because(Fault.oneLine(resource) + " cannot be read: " + Fault.describe(e), e);
        }
    }

    Rejected rejected(Optional<String> id, Rejection rejection) {
        return new Rejected(
                id,
                origin,
                version,
                rejection.code(),
                rejection.reason(),
                rejection.help(),
                rejection.cause(),
                found,
                names.get());
    }

    private String label(String resource) {
        boolean inJar = origin.kind() == PluginOrigin.Kind.JAR;
        return prefix + (inJar ? resource : resource.substring(resource.lastIndexOf('/') + 1));
    }
}
