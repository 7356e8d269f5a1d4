package dev.patchbay.workbench.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Answers of a provider that the author of a dialect put into the jar, {@code META-INF/patchbay/answers/<dialect>/<name>.<ext>}:
 * what is in them is agreed on, so that it can be seen whether the dialect reads it.
 */
final class SampleAnswers {

    static final String FOLDER = "META-INF/patchbay/answers/";

    private static final int MOST_BYTES = 1 << 20;
    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json",
            "ndjson", "application/x-ndjson",
            "sse", "text/event-stream");

    private final Map<String, CannedReply> answers;

    private SampleAnswers(Map<String, CannedReply> answers) {
        this.answers = answers;
    }

    /** Those for a dialect in the jar, or the folder of jars, of its plugin. */
    static SampleAnswers of(Optional<Path> jarOrFolder, String dialect) {
        Map<String, CannedReply> answers = new HashMap<>();
        for (Path jar : jarOrFolder.map(SampleAnswers::jars).orElse(List.of())) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    add(file, entry, FOLDER + dialect + "/", answers);
                }
            } catch (IOException e) {
                // What cannot be read is not there; loading the jar says why.
            }
        }
        return new SampleAnswers(answers);
    }

    /** The answer of that name; {@code text}, {@code length}, {@code calls}, {@code thinking} or {@code refusal}. */
    Optional<CannedReply> find(String name) {
        return Optional.ofNullable(answers.get(name));
    }

    private static List<Path> jars(Path jarOrFolder) {
        if (!Files.isDirectory(jarOrFolder)) {
            return List.of(jarOrFolder);
        }
        try (Stream<Path> files = Files.list(jarOrFolder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void add(JarFile jar, JarEntry entry, String folder, Map<String, CannedReply> answers)
            throws IOException {
        String name = entry.getName();
        int dot = name.lastIndexOf('.');
        if (!name.startsWith(folder) || dot < folder.length()) {
            return;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            String type = TYPES.getOrDefault(name.substring(dot + 1), "text/plain");
            answers.put(name.substring(folder.length(), dot), new CannedReply(200, Map.of("Content-Type", type), text));
        }
    }
}
