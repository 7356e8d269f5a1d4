package dev.patchbay.cli.run;

import dev.patchbay.cli.providers.UserFiles;
import dev.patchbay.diagnostic.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder of the files that an agent is led by, which only this user can read: removed at the end, and those of runs that were killed
 * at the begin of the next.
 */
final class RunFolder implements AutoCloseable {

    private static final String BEGIN = "patchbay-run";

    /** Locked as long as the run lives, however it ends; a process id would mean another process in another container. */
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    private RunFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws ConfigurationException if there is no room for it */
    static RunFolder create() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        removeLeft(parent);
        try {
            Path made = Files.createTempDirectory(parent, BEGIN);
            return new RunFolder(made, locked(made.resolve(LOCK)));
        } catch (IOException e) {
            throw UserFiles.unwritten(parent.resolve(BEGIN), e);
        }
    }

    /** It gets its name when it is locked. A disk that knows no locks leaves what a killed run left. */
    private static FileChannel locked(Path file) throws IOException {
        Path unnamed = file.resolveSibling("." + file.getFileName());
        FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.tryLock();
            Files.move(unnamed, file);
        } catch (IOException unknown) {
            told(unknown);
        }
        return channel;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        remove(path);
        try {
            lock.close();
        } catch (IOException left) {
            told(left);
        }
    }

    /** Whoever killed them could not be asked to. */
    private static void removeLeft(Path parent) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, BEGIN + "*")) {
            for (Path folder : found) {
                if (isLeft(folder)) {
                    remove(folder);
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            told(unreadable);
        }
    }

    private static boolean isLeft(Path folder) {
        Path file = folder.resolve(LOCK);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !Files.isWritable(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            return mine != null;
        } catch (IOException | RuntimeException notKnown) {
            return false;
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | RuntimeException left) {
            told(left);
        }
    }

    private static void told(Exception left) {
        System.getLogger(RunFolder.class.getName()).log(System.Logger.Level.DEBUG, "not removed", left);
    }
}
