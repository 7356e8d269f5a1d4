package dev.patchbay.internal.config.load;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.SkippedFile;
import dev.patchbay.internal.config.yaml.YamlFile;
import dev.patchbay.internal.config.yaml.YamlReader;
import dev.patchbay.provider.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the files of inputs. Not safe for use by several threads. */
final class FileReader {

    private static final String MISSING = "there is no such file or folder";

    private final List<YamlFile> files = new ArrayList<>();
    private final List<SkippedFile> skipped = new ArrayList<>(0);
    private final List<Diagnostic> problems = new ArrayList<>(0);

    List<YamlFile> files() {
        return files;
    }

    List<SkippedFile> skipped() {
        return skipped;
    }

    /** Files and folders that could not be read. */
    List<Diagnostic> problems() {
        return problems;
    }

    void read(ConfigInput input) {
        if (input instanceof ConfigInput.InMemory memory) {
            files.add(YamlReader.read(memory.name(), memory.layer(), null, memory.bytes()));
            return;
        }
        ConfigInput.OnDisk disk = (ConfigInput.OnDisk) input;
        if (Files.isDirectory(disk.path())) {
            folder(disk);
        } else if (disk.required()) {
            file(disk.layer(), disk.path());
        }
    }

    private void folder(ConfigInput.OnDisk disk) {
        try {
            FolderFiles found = FolderFiles.of(disk.path());
            skipped.addAll(found.skipped());
            for (SkippedFile file : found.skipped()) {
                if (file.looksMeant()) {
                    problems.add(Diagnostic.warning(
                                    Code.SKIPPED_FILE,
                                    Location.of(file.file().toString()),
                                    "it is not read: " + file.reason())
                            .help("provider files are the *.yaml and *.yml of a folder; a name that begins with _ says"
                                    + " that it is to be skipped")
                            .build());
                }
            }
            for (Path file : found.files()) {
                file(disk.layer(), file);
            }
        } catch (IOException e) {
            unreadable(disk.path(), "the folder cannot be read");
        }
    }

    private void file(Layer layer, Path file) {
        if (!Files.exists(file)) {
            unreadable(file, file.isAbsolute() ? MISSING : MISSING + " (" + file.toAbsolutePath() + ")");
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            // One byte more than allowed tells that there is more.
            byte[] bytes = in.readNBytes(YamlReader.MAX_BYTES + 1);
            files.add(YamlReader.read(file.toString(), layer, file, bytes));
        } catch (AccessDeniedException e) {
            unreadable(file, "the file may not be read");
        } catch (IOException e) {
            unreadable(file, "the file cannot be read");
        }
    }

    private void unreadable(Path path, String message) {
        problems.add(Diagnostic.error(Code.UNREADABLE_FILE, Location.of(path.toString()), message)
                .help("check the name and the permissions")
                .build());
    }
}
