package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.session.SessionStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written stands in the log first, which cannot begin anew while somebody reads of it. */
@Tag("slow")
final class LogSizeTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Longer than what the index takes in. */
    private static final int LONG = (1 << 20) + 1;

    private static final int LONG_PIECES = 33;
    private static final int SHORT_PIECES = 50;
    private static final long CUT = 20 << 20;

    @TempDir
    Path folder;

    private long pieces;

    /** It waits for that reader now and then, and the log is cut when that has ended. */
    @Test
    void whoWritesDoesNotWaitEachTimeForOneWhoReadsForLong() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (SqliteSessionStore store =
                        StoreTesting.builder(file()).keepsLease(false).open();
                Database another = StoreFile.open(file(), LIMIT)) {
            store.create(StoreTesting.record("s").status(SessionStatus.RUNNING).build(), List.of());
            Thread reader = new Thread(() -> another.read(sql -> {
                long sessions = sql.number("SELECT count(*) FROM sessions");
                reads.countDown();
                awaitUninterrupted(end);
                return sessions;
            }));
            reader.start();
            reads.await();
            write(store, LONG, LONG_PIECES);
            long begin = System.nanoTime();
            write(store, 1, SHORT_PIECES);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            end.countDown();
            reader.join();
            assertThat(took).isLessThan(Duration.ofSeconds(5));
            write(store, LONG, 3);
            assertThat(folder.resolve("patchbay.db-wal").toFile().length()).isLessThan(CUT);
        } finally {
            end.countDown();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(SqliteSessionStore store, int length, int count) {
        for (int i = 0; i < count; i++) {
            store.update(
                    StoreTesting.record("s").status(SessionStatus.RUNNING).build(),
                    List.of(StoreTesting.said("s", ++pieces, "x".repeat(length))));
        }
    }

    private Path file() {
        return folder.resolve("patchbay.db");
    }
}
