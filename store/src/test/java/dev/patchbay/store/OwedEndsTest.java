package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.session.SessionStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session ends while the store takes nothing. */
final class OwedEndsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void theEndIsWrittenAsSoonAsTheStoreTakesIt() throws Exception {
        Path file = folder.resolve("patchbay.db");
        try (SqliteSessionStore store =
                StoreTesting.builder(file).patience(Duration.ofMillis(50)).open()) {
            store.create(StoreTesting.record("s1").status(SessionStatus.RUNNING).build(), List.of());
            try (Connection another = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement held = another.createStatement()) {
                held.executeUpdate("BEGIN IMMEDIATE");
                assertThatThrownBy(() -> store.update(
                                StoreTesting.record("s1")
                                        .status(SessionStatus.COMPLETED)
                                        .build(),
                                List.of(StoreTesting.changed("s1", SessionStatus.RUNNING, SessionStatus.COMPLETED))))
                        .isInstanceOf(StoreException.class);
                assertThat(store.find("s1").orElseThrow().status()).isEqualTo(SessionStatus.RUNNING);
                held.executeUpdate("ROLLBACK");
            }
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (store.find("s1").orElseThrow().status() != SessionStatus.COMPLETED) {
                assertThat(System.nanoTime()).as("ended in time").isLessThan(deadline);
            }
        }
    }

    @Test
    void theEndIsWrittenAtTheLatestWhenTheStoreIsClosed() throws Exception {
        Path file = folder.resolve("patchbay.db");
        try (SqliteSessionStore store = StoreTesting.builder(file)
                .patience(Duration.ofMillis(50))
                .keepsLease(false)
                .open()) {
            store.create(StoreTesting.record("s1").status(SessionStatus.RUNNING).build(), List.of());
            try (Connection another = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement held = another.createStatement()) {
                held.executeUpdate("BEGIN IMMEDIATE");
                assertThatThrownBy(() -> store.update(
                                StoreTesting.record("s1")
                                        .status(SessionStatus.INTERRUPTED)
                                        .build(),
                                List.of()))
                        .isInstanceOf(StoreException.class);
            }
        }
        try (SqliteSessionStore store = StoreTesting.builder(file).open()) {
            assertThat(store.find("s1").orElseThrow().status()).isEqualTo(SessionStatus.INTERRUPTED);
        }
    }
}
