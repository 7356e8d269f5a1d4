package dev.patchbay.internal.plugin;

import dev.patchbay.diagnostic.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What could be a plugin: one jar, or a folder of jars that belong together.
 *
 * @param path the jar or the folder
 * @param jars in byte order of their names
 */
record JarCandidate(Path path, List<Path> jars) {

    /** One jar. */
    static JarCandidate of(Path jar) {
        return new JarCandidate(jar, List.of(jar));
    }

    /** What was named: a jar, or a folder of jars that belong together. */
    static JarCandidate named(Path jarOrFolder) {
        Path path = jarOrFolder.toAbsolutePath().normalize();
        return Files.isDirectory(path) ? together(path).orElse(of(path)) : of(path);
    }

    /**
     * The jars of a folder and of the folders in it, in byte order of their names.
     *
     * <p>Names that begin with {@code .} or {@code _} are passed over. A folder that does not exist is empty.
     */
    static List<JarCandidate> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<JarCandidate> candidates = new ArrayList<>();
        for (Path path : visible(folder)) {
            if (isJar(path)) {
                candidates.add(of(path));
            } else if (Files.isDirectory(path)) {
                // A folder that looks like a jar was meant to be one.
                Optional<JarCandidate> named = hasName(path) ? Optional.of(of(path)) : Optional.empty();
                together(path).or(() -> named).ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    /** The jars of one folder; one that cannot be read stays a candidate, so that it is rejected with its reason. */
    private static Optional<JarCandidate> together(Path folder) {
        try {
            List<Path> jars =
                    visible(folder).stream().filter(JarCandidate::isJar).toList();
            return jars.isEmpty() ? Optional.empty() : Optional.of(new JarCandidate(folder, jars));
        } catch (IOException e) {
            return Optional.of(of(folder));
        }
    }

    /** The file name, with a slash for a folder. */
    String label() {
        return Printable.line(name()) + (isSingle() ? "" : "/");
    }

    /** The file name without its ending. */
    String baseName() {
        String name = name();
        return isSingle() && name.endsWith(".jar") ? name.substring(0, name.length() - ".jar".length()) : name;
    }

    /** What goes in front of the names of provider files in one of its jars: {@code groq.jar!}. */
    String prefixOf(Path jar) {
        return (isSingle() ? "" : label()) + jar.getFileName() + "!";
    }

    boolean isSingle() {
        return jars.size() == 1 && jars.get(0).equals(path);
    }

    private String name() {
        return String.valueOf(path.getFileName());
    }

    private static boolean isJar(Path path) {
        return hasName(path) && !Files.isDirectory(path);
    }

    private static boolean hasName(Path path) {
        return path.getFileName().toString().endsWith(".jar");
    }

    private static List<Path> visible(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(path -> !path.getFileName().toString().startsWith("_"))
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
