package dev.patchbay.cli.providers;

import dev.patchbay.diagnostic.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a file that is not there yet. */
final class NewFile {

    private NewFile() {}

    /** @throws dev.patchbay.diagnostic.ConfigurationException if it is there, or cannot be written */
    static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(
                    file,
                    text.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw Lookup.problem(
                    Code.UNREADABLE_FILE,
                    "there is a file " + file + " already, and it is left as it is",
                    "choose another --file, or remove it first");
        } catch (IOException e) {
            throw Lookup.problem(
                    Code.UNREADABLE_FILE,
                    "the file " + file + " cannot be written",
                    "check the folder and its permissions");
        }
    }
}
