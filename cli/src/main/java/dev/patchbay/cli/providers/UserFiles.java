package dev.patchbay.cli.providers;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files that the user asked for, and says of one that cannot be written which and why. */
public final class UserFiles {

    private UserFiles() {}

    /** Writes a file that is not there yet into Patchbay's own folder; one that is there stays as it is. */
    static void createOwn(Path file, String text) {
        try {
            createOwnFolder(file);
        } catch (IOException e) {
            throw unwritten(file, e);
        }
        create(file, text);
    }

    /** Writes a file that is not there yet, with its folders; one that is there stays as it is. */
    static void create(Path file, String text) {
        try {
            createFolder(file);
            Files.createFile(file);
            fill(file, text);
        } catch (FileAlreadyExistsException e) {
            throw ProviderLookup.problem(
                    Code.UNREADABLE_FILE,
                    "there is a file " + file + " already, and it is left as it is",
                    "choose another --file, or remove it first");
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    /** Half of it, or nothing, would pass for what was asked for; the next attempt would find it in its way. */
    private static void fill(Path file, String text) throws IOException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            Files.delete(file);
            throw e;
        }
    }

    /**
     * Writes a file of Patchbay's own folder in the place of what is there: all of it or nothing.
     *
     * @throws ConfigurationException if it cannot be written; what was there is as it was
     */
    public static void replace(Path file, String text) {
        try {
            createOwnFolder(file);
            Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".patchbay", ".new");
            try {
                Files.writeString(draft, text);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    /** Says which file cannot be written, and why. */
    public static ConfigurationException unwritten(Path file, IOException failure) {
        return ProviderLookup.problem(
                Code.UNREADABLE_FILE,
                "the file " + file + " cannot be written (" + reason(failure) + ")",
                "check the folder, its permissions and the space that is left");
    }

    private static void createFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    /** For this user alone, whatever the mask: what is put there is trusted, and some of it run. */
    private static void createOwnFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** As the system says it, such as {@code Read-only file system}; a few of Java's own come without words. */
    private static String reason(IOException failure) {
        if (failure instanceof FileSystemException known) {
            return known.getReason() == null
                    ? known.getClass().getSimpleName().replace("Exception", "") + ": " + known.getFile()
                    : known.getReason();
        }
        return String.valueOf(failure.getMessage());
    }
}
