package dev.patchbay.internal.plugin;

import dev.patchbay.internal.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.spi.ProviderPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/** What a jar says of itself, read without loading a class of it. */
final class JarContents {

    /** Longer provider files are refused when they are read; one byte more than the limit shows that they are. */
    static final int MOST_DEFINITION_BYTES = (1 << 20) + 1;

    static final String SERVICE_FILE = "META-INF/services/" + ProviderPlugin.class.getName();
    private static final String PROVIDERS = "META-INF/providers/";
    private static final int MOST_NAMES = 100_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][A-Za-z0-9._-]{0,63}");

    private final JarFile jar;
    private final Manifest manifest;

    private JarContents(JarFile jar, Manifest manifest) {
        this.jar = jar;
        this.manifest = manifest;
    }

    /** A question about a jar that is open meanwhile. */
    interface Question<T> {
        T ask(JarContents contents) throws IOException;
    }

    /** Opens a jar, asks, and closes it. */
    static <T> T ask(Path file, Question<T> question) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            return question.ask(new JarContents(jar, manifest == null ? new Manifest() : manifest));
        }
    }

    /** A main attribute of the manifest. */
    Optional<String> attribute(String name) {
        return Optional.ofNullable(manifest.getMainAttributes().getValue(name));
    }

    /** Whether it names plugin classes. */
    boolean hasService() {
        return jar.getEntry(SERVICE_FILE) != null;
    }

    /** The provider files, by name. */
    List<DefinitionFile> definitions(String prefix) throws IOException {
        List<DefinitionFile> files = new ArrayList<>();
        for (JarEntry entry : entries(JarContents::isDefinition)) {
            files.add(new DefinitionFile(prefix + entry.getName(), read(entry, MOST_DEFINITION_BYTES)));
        }
        return files;
    }

    /** Texts in the classes that could be names of dialects and the like. */
    Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        for (JarEntry entry : entries(name -> name.endsWith(".class"))) {
            if (names.size() > MOST_NAMES) {
                return names;
            }
            for (String text : ClassConstants.of(read(entry, Integer.MAX_VALUE)).strings()) {
                if (NAME.matcher(text).matches()) {
                    names.add(text);
                }
            }
        }
        return names;
    }

    private List<JarEntry> entries(Predicate<String> name) {
        return jar.stream()
                .filter(entry -> name.test(entry.getName()))
                .sorted(Comparator.comparing(JarEntry::getName))
                .toList();
    }

    /** Whether an entry of this name is a provider file. */
    static boolean isDefinition(String name) {
        return name.startsWith(PROVIDERS)
                && name.endsWith(".yaml")
                && name.length() > PROVIDERS.length() + ".yaml".length()
                && name.indexOf('/', PROVIDERS.length()) < 0;
    }

    /** Whether an entry of this name is read whole before anything of the jar is used. */
    static boolean isMetadata(String name) {
        return name.equalsIgnoreCase(JarFile.MANIFEST_NAME) || name.equals(SERVICE_FILE);
    }

    private byte[] read(JarEntry entry, int most) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readNBytes(most);
        }
    }
}
