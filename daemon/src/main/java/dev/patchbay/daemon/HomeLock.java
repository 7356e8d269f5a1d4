package dev.patchbay.daemon;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Held while a daemon of a home runs, so that there is one at most; the system lets go of it however the process ends. */
public final class HomeLock implements AutoCloseable {

    /** Part of what is said where another process holds it. */
    public static final String TAKEN = " runs already;";

    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final long PAUSE_NANOS = 20_000_000;

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes it; somebody who only looks whether it is held holds it for a moment.
     *
     * @throws DaemonException if another process holds it
     */
    static HomeLock take(Path home) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Optional<HomeLock> lock = open(home);
        while (lock.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            lock = open(home);
        }
        return lock.orElseThrow(() ->
                new DaemonException("a daemon of " + home + TAKEN + " `patchbay daemon status` says where", null));
    }

    /** Whether a daemon of a home runs, or has not quite ended. */
    public static boolean isHeld(Path home) {
        Optional<HomeLock> lock = open(home);
        lock.ifPresent(HomeLock::close);
        return lock.isEmpty();
    }

    private static Optional<HomeLock> open(Path home) {
        Path file = home.resolve("daemon.lock");
        try {
            Files.createDirectories(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (lock(channel) != null) {
                return Optional.of(new HomeLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException failure) {
            throw new DaemonException("the file " + file + " cannot be locked: " + failure.getMessage(), failure);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ended) {
            // The system lets go of it at the end of the process.
        }
    }
}
