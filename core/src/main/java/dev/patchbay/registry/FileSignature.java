package dev.patchbay.registry;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What files and folders look like from outside: size, time, inode and who may read them, with links followed, so that a link that is turned to
 * another file counts as a change. Nothing is read.
 *
 * @param looks a line for each file
 * @param newest when the newest of them was changed
 */
record FileSignature(List<String> looks, Instant newest) {

    /** Times of files are coarser than a write is quick: a change this fresh may be followed by one with the same time. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Looks at files, and at every entry of folders. */
    static FileSignature of(List<Path> paths) {
        List<String> looks = new ArrayList<>();
        Instant newest = Instant.MIN;
        for (Path path : paths) {
            for (Path file : filesOf(path)) {
                try {
                    BasicFileAttributes seen = attributes(file);
                    Instant changed = seen.lastModifiedTime().toInstant();
                    looks.add(file + " " + seen.size() + " " + changed + " " + seen.fileKey() + " " + mode(seen));
                    newest = changed.isAfter(newest) ? changed : newest;
                } catch (IOException e) {
                    looks.add(file + " is not there");
                }
            }
        }
        return new FileSignature(List.copyOf(looks), newest);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        @Nullable PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return posix == null ? Files.readAttributes(file, BasicFileAttributes.class) : posix.readAttributes();
    }

    /** A key that is written into a file is taken only where nobody else can read it. */
    private static String mode(BasicFileAttributes seen) {
        return seen instanceof PosixFileAttributes posix ? PosixFilePermissions.toString(posix.permissions()) : "";
    }

    /** Whether something changed so shortly before that moment that the next change may not show. */
    boolean isFresh(Instant moment) {
        // A time in the future is no reason to read for ever.
        return newest.isAfter(moment.minus(FRESH)) && newest.isBefore(moment.plus(FRESH));
    }

    boolean looksLike(FileSignature other) {
        return looks.equals(other.looks);
    }

    private static List<Path> filesOf(Path path) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                entries.forEach(files::add);
            } catch (IOException | DirectoryIteratorException e) {
                files.add(path);
            }
            files.sort(null);
            return files;
        }
        files.add(path);
        return files;
    }
}
