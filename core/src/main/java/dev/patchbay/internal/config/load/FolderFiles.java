package dev.patchbay.internal.config.load;

import dev.patchbay.internal.config.SkippedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The provider files of a folder, in byte order of their names (provider-files.md, section 1). */
final class FolderFiles {

    /** Names that somebody gave, or a program made, of what should have been a provider file. */
    private static final Pattern LOOKS_MEANT =
            Pattern.compile("(?i)\\.(?:ya?ml(?:\\.txt|\\.json|\\s*\\(\\d+\\))?|json5?|jsonc|toml)\\s*$|\\.ya?ml[ .]");

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
        String name = name(entry);
        Optional<String> leftover = leftover(name);
        if (leftover.isPresent()) {
            skipped.add(new SkippedFile(entry, leftover.get(), false));
        } else if (!isProviderFile(name)) {
            boolean folder = Files.isDirectory(entry);
            String reason = folder ? "it is a folder, and those are not looked into" : "its name does not end in .yaml";
            skipped.add(new SkippedFile(
                    entry, reason, folder || LOOKS_MEANT.matcher(name).find()));
        } else if (!Files.isRegularFile(entry)) {
            String reason = Files.isSymbolicLink(entry) && !Files.exists(entry)
                    ? "it is a link to a file that is not there"
                    : "it is not a file";
            skipped.add(new SkippedFile(entry, reason, true));
        } else {
            files.add(entry);
        }
    }

    private static boolean isProviderFile(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /** Why somebody means a file to be skipped; empty if nobody seems to. */
    private static Optional<String> leftover(String name) {
        if (name.startsWith(".") || name.startsWith("_")) {
            return Optional.of("its name begins with " + name.charAt(0));
        }
        for (String ending : LEFTOVERS) {
            if (name.endsWith(ending)) {
                return Optional.of("its name ends in " + ending);
            }
        }
        return Optional.empty();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static byte[] bytes(Path file) {
        return name(file).getBytes(StandardCharsets.UTF_8);
    }
}
