package dev.patchbay.internal.plugin;

import dev.patchbay.internal.plugin.LoadedPlugin.DefinitionFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The provider files beside a plugin's class on the class path, in {@code META-INF/providers} of its own jar or folder: what a
 * jar brings in a folder of plugins it brings on the class path as well.
 */
final class ClassPathFiles {

    private static final System.Logger LOG = System.getLogger(ClassPathFiles.class.getName());

    private ClassPathFiles() {}

    /** Where a class was loaded from; empty for one that was not loaded from anywhere. */
    static Optional<URL> home(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source).map(CodeSource::getLocation);
    }

    /** The provider files of a jar or folder, by name; none if it cannot be read. */
    static List<DefinitionFile> of(URL home, String prefix) {
        try {
            if (home.getProtocol().equals("file")) {
                Path path = Path.of(home.toURI());
                if (Files.isDirectory(path)) {
                    return ofFolder(path, prefix);
                }
                try (JarFile jar = new JarFile(path.toFile())) {
                    return ofJar(jar, prefix);
                }
            }
            URLConnection connection = home.openConnection();
            connection.setUseCaches(false);
            if (connection instanceof JarURLConnection nested) {
                try (JarFile jar = nested.getJarFile()) {
                    return ofJar(jar, prefix);
                }
            }
        } catch (IOException | URISyntaxException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "provider files of the class path are not looked for in " + home, e);
        }
        return List.of();
    }

    private static List<DefinitionFile> ofJar(JarFile jar, String prefix) throws IOException {
        List<DefinitionFile> files = new ArrayList<>();
        List<JarEntry> entries = jar.stream()
                .filter(entry -> JarContents.isDefinition(entry.getName()))
                .sorted((one, other) -> one.getName().compareTo(other.getName()))
                .limit(JarLimits.MOST_DEFINITIONS)
                .toList();
        for (JarEntry entry : entries) {
            try (InputStream in = jar.getInputStream(entry)) {
                files.add(file(prefix, entry.getName(), in));
            }
        }
        return files;
    }

    private static List<DefinitionFile> ofFolder(Path folder, String prefix) throws IOException {
        Path providers = folder.resolve("META-INF/providers");
        if (!Files.isDirectory(providers)) {
            return List.of();
        }
        List<DefinitionFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(providers)) {
            for (Path path : found.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .limit(JarLimits.MOST_DEFINITIONS)
                    .toList()) {
                try (InputStream in = Files.newInputStream(path)) {
                    files.add(file(prefix, path.getFileName().toString(), in));
                }
            }
        }
        return files;
    }

    private static DefinitionFile file(String prefix, String name, InputStream in) throws IOException {
        String simple = name.substring(name.lastIndexOf('/') + 1);
        return new DefinitionFile(prefix + simple, in.readNBytes(JarContents.MOST_DEFINITION_BYTES));
    }
}
