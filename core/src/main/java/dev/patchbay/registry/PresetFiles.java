package dev.patchbay.registry;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.config.load.ConfigInput;
import dev.patchbay.internal.config.load.Presets;
import dev.patchbay.provider.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The presets that lie on a class path (provider-files.md, section 1, layer 0).
 *
 * <p>A jar offers presets with an index, {@value #INDEX}, of lines {@code file.yaml: id id …} and comments; the files lie in the folder
 * {@value #FOLDER}. Where no jar has an index there are no presets. An id belongs to the jar found first. Safe for use by
 * several threads.
 */
@InternalApi
public final class PresetFiles implements Presets {

    static final String FOLDER = "META-INF/patchbay/presets/";
    static final String INDEX = "META-INF/patchbay/presets.index";

    private final ClassLoader loader;
    private @Nullable Map<String, URL> files;

    private PresetFiles(ClassLoader loader) {
        this.loader = loader;
    }

    /** Those that a class loader finds; it is not asked before a preset is. */
    public static Presets of(ClassLoader loader) {
        return new PresetFiles(requireNonNull(loader, "loader is null"));
    }

    @Override
    public Set<String> ids() {
        return Collections.unmodifiableSet(files().keySet());
    }

    @Override
    public Optional<ConfigInput.InMemory> file(String id) {
        return Optional.ofNullable(files().get(id)).flatMap(PresetFiles::input);
    }

    private static Optional<ConfigInput.InMemory> input(URL file) {
        String name = file.getPath().substring(file.getPath().lastIndexOf('/') + 1);
        return read(file).map(bytes -> new ConfigInput.InMemory(Layer.PRESET, "preset:" + name, bytes));
    }

    private synchronized Map<String, URL> files() {
        if (files == null) {
            files = find();
        }
        return files;
    }

    private Map<String, URL> find() {
        Map<String, URL> found = new TreeMap<>();
        try {
            Enumeration<URL> indexes = loader.getResources(INDEX);
            while (indexes.hasMoreElements()) {
                read(indexes.nextElement()).ifPresent(bytes -> add(new String(bytes, StandardCharsets.UTF_8), found));
            }
        } catch (IOException unreadable) {
            // As if no jar had any: whoever names a preset is told that there is none.
            return Map.of();
        }
        return found;
    }

    private void add(String index, Map<String, URL> found) {
        index.lines()
                .filter(line -> !line.startsWith("#") && line.contains(":"))
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    URL file =
                            loader.getResource(FOLDER + line.substring(0, colon).strip());
                    if (file != null) {
                        Stream.of(line.substring(colon + 1).strip().split("\\s+", -1))
                                .forEach(id -> found.putIfAbsent(id, file));
                    }
                });
    }

    private static Optional<byte[]> read(URL url) {
        try {
            URLConnection connection = url.openConnection();
            // A cached connection would keep the jar open, and serve what was in it before.
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                return Optional.of(in.readAllBytes());
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
