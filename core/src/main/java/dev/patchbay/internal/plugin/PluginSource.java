package dev.patchbay.internal.plugin;

import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.internal.plugin.PluginOutcome.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a plugin before it is asked anything.
 *
 * @param loader loads its classes and resources
 * @param prefix goes in front of the names of its provider files in messages
 * @param found provider files that were found without asking it
 * @param names what its classes mention; asked for if it is rejected
 * @param home where the classes of one on the class path are from
 */
record PluginSource(
        PluginOrigin origin,
        Optional<String> version,
        ClassLoader loader,
        String prefix,
        List<DefinitionFile> found,
        Supplier<Set<String>> names,
        Optional<URL> home) {

    PluginSource(
            PluginOrigin origin,
            Optional<String> version,
            ClassLoader loader,
            String prefix,
            List<DefinitionFile> found,
            Supplier<Set<String>> names) {
        this(origin, version, loader, prefix, found, names, Optional.empty());
    }

    /**
     * Tells one plugin from another, in this process: a jar by its content, all of whose classes are one.
     *
     * @param className of the plugin, where its classes do not come from a jar in a folder of plugins
     */
    String key(String className) {
        return origin.sha256().orElseGet(() -> className + " of " + System.identityHashCode(loader));
    }

    /** A plugin whose class is there already. */
    static PluginSource of(PluginOrigin origin, Class<?> type, String prefix) {
        ClassLoader loader = type.getClassLoader();
        return new PluginSource(
                origin,
                Optional.ofNullable(type.getPackage()).map(Package::getImplementationVersion),
                loader == null ? ClassLoader.getPlatformClassLoader() : loader,
                prefix,
                List.of(),
                Set::of,
                ClassPathFiles.home(type));
    }

    /** Reads a provider file that the plugin names. */
    DefinitionFile definition(String resource) throws Rejection {
        for (DefinitionFile file : found) {
            if (file.name().endsWith(Printable.line("!" + resource))) {
                return file;
            }
        }
        try (InputStream in = open(resource)) {
            if (in == null) {
                throw Rejection.because(
                        "definitions() names " + PluginFault.oneLine(resource) + ", which is not there");
            }
            return new DefinitionFile(label(resource), in.readNBytes(JarContents.MOST_DEFINITION_BYTES));
        } catch (IOException e) {
            throw Rejection.because(PluginFault.oneLine(resource) + " cannot be read: " + PluginFault.describe(e), e);
        }
    }

    /** Of several jars of the class path with a file of this name, the plugin's own counts. */
    private @Nullable InputStream open(String resource) throws IOException {
        if (home.isPresent()) {
            for (URL url : Collections.list(loader.getResources(resource))) {
                if (url.toString().contains(home.get().toString())) {
                    return url.openStream();
                }
            }
        }
        return loader.getResourceAsStream(resource);
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
