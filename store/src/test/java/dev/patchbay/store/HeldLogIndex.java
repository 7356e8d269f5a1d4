package dev.patchbay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/**
 * A process that holds the index of a log as a disk does whose locks do not work: the index is to be made anew, and the lock that it
 * takes to do so is never free (wal.c of SQLite: WAL_WRITE_LOCK is the byte 120, and 128 says that somebody has the file open).
 */
final class HeldLogIndex {

    private static final int INDEX_BYTES = 32_768;
    private static final long WRITE_LOCK = 120;
    private static final long OPEN_LOCK = 128;

    private HeldLogIndex() {}

    /** @param arguments the file of the store, which nobody has open */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (FileChannel index = FileChannel.open(
                Path.of(arguments[0] + "-shm"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            index.write(ByteBuffer.allocate(INDEX_BYTES), 0);
            index.lock(OPEN_LOCK, 1, true);
            index.lock(WRITE_LOCK, 1, false);
            System.out.println("held");
            new CountDownLatch(1).await();
        }
    }
}
