package dev.patchbay.config.load;

import dev.patchbay.config.SkippedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The provider files of a folder, in byte order of their names (provider-files.md, section 1). */
final class FolderFiles {

    private static final String[] LEFTOVERS = {"~", ".bak", ".swp", ".orig"};

    private final List<Path> files = new ArrayList<>();
    private final List<SkippedFile> skipped = new ArrayList<>(0);

    private FolderFiles() {}

    static FolderFiles of(Path folder) throws IOException {
        FolderFiles found = new FolderFiles();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                found.add(entry);
            }
        }
        found.files.sort((a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b)));
        found.skipped.sort((a, b) -> Arrays.compareUnsigned(bytes(a.file()), bytes(b.file())));
        return found;
    }

    List<Path> files() {
        return files;
    }

    List<SkippedFile> skipped() {
        return skipped;
    }

    private void add(Path entry) {
        String reason = reasonToSkip(entry);
        if (reason == null) {
            files.add(entry);
        } else {
            skipped.add(new SkippedFile(entry, reason));
        }
    }

    private static @Nullable String reasonToSkip(Path entry) {
        String name = name(entry);
        if (name.startsWith(".") || name.startsWith("_")) {
            return "its name begins with " + name.charAt(0);
        }
        for (String ending : LEFTOVERS) {
            if (name.endsWith(ending)) {
                return "its name ends in " + ending;
            }
        }
        if (!name.endsWith(".yaml")) {
            return name.endsWith(".yml")
                    ? "its name does not end in .yaml but in .yml"
                    : "its name does not end in .yaml";
        }
        return Files.isRegularFile(entry) ? null : "it is not a file";
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static byte[] bytes(Path file) {
        return name(file).getBytes(StandardCharsets.UTF_8);
    }
}
