package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.session.SessionFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The file that takes what a daemon in the background prints: beside the store, for this user alone, 10 MB and the same once more. */
final class DaemonLog {

    private static final long MOST_BYTES = 10L << 20;
    private static final long LOOK_SECONDS = 30;

    private final Path file;

    private DaemonLog(Path file) {
        this.file = file;
    }

    static DaemonLog of(Invocation invocation) {
        Path folder = SessionFile.locate(invocation)
                .map(Path::toAbsolutePath)
                .map(Path::getParent)
                .orElseGet(() -> Installation.home(invocation));
        return new DaemonLog(folder.resolve("daemon.log"));
    }

    static DaemonLog at(Path file) {
        return new DaemonLog(file);
    }

    Path file() {
        return file;
    }

    /** Makes the file, and the folders that lead to it, where they are not there, for this user alone. */
    void create() throws IOException {
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        FileChannel.open(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                .close();
    }

    long size() {
        try {
            return Files.size(file);
        } catch (IOException none) {
            return 0;
        }
    }

    /** What stands there from a place on, at most the last megabyte of it. */
    String from(long place) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(Math.min(place, open.length()), open.length() - (1L << 20));
            byte[] bytes = new byte[(int) (open.length() - start)];
            open.seek(start);
            open.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** The last lines. */
    List<String> tail(int lines) throws IOException {
        List<String> all = from(0).lines().toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    /** Keeps the file small from now on, in the process that writes it by an open descriptor. */
    void keepSmall() {
        Thread thread = new Thread(this::turnFromTimeToTime, "daemon-log");
        thread.setDaemon(true);
        thread.start();
    }

    private void turnFromTimeToTime() {
        try {
            while (true) {
                turn();
                TimeUnit.SECONDS.sleep(LOOK_SECONDS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        if (size() <= MOST_BYTES) {
            return;
        }
        try {
            Files.copy(
                    file,
                    file.resolveSibling(file.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        } catch (IOException full) {
            // Looked at again in a while.
        }
    }
}
