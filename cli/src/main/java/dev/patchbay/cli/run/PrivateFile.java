package dev.patchbay.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file for an agent that nobody but this user can read: it may hold the token of the agent's gateway. */
final class PrivateFile {

    private PrivateFile() {}

    static Path write(Path folder, String name, String text) throws IOException {
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }
}
