package dev.patchbay.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted is gone from the file, its index and its log; what calls cost stays. */
final class DeletionTest {

    private static final String CANARY = "canaryQ7XzK";

    @TempDir
    Path folder;

    @Test
    void nothingOfAForgottenSessionIsLeftInAnyFile() throws IOException {
        try (SqliteSessionStore store = open(Retention.OFF);
                SqliteSessionStore another = open(Retention.OFF)) {
            for (int i = 0; i < 20; i++) {
                StoreTesting.addEnded(store, "other" + i, StoreTesting.NOW, "Something else " + i);
            }
            SessionRecord secret = SessionRecord.builder("secret", "run", CANARY + " asked", StoreTesting.NOW)
                    .status(SessionStatus.RUNNING)
                    .workingDir("/" + CANARY)
                    .build();
            store.create(secret, List.of(StoreTesting.said("secret", 1, CANARY + " long ".repeat(3000) + CANARY)));
            store.update(
                    secret.toBuilder()
                            .status(SessionStatus.COMPLETED)
                            .title("about " + CANARY)
                            .build(),
                    List.of(StoreTesting.said("secret", 2, "answer " + CANARY)));
            assertThat(another.list(SessionQuery.builder().text(CANARY).build()).sessions())
                    .hasSize(1);
            assertThat(filesWith(CANARY)).isNotEmpty();

            assertThat(store.forget("secret")).isTrue();
            assertThat(filesWith(CANARY)).isEmpty();
            assertThat(filesWith("canaryq7xzk")).isEmpty();
            assertThat(another.list(SessionQuery.builder().build()).sessions()).hasSize(20);
        }
    }

    @Test
    void severalThatAreForgottenTogetherAreGoneFromTheIndexAtOnce() throws Exception {
        try (SqliteSessionStore store = open(Retention.OFF)) {
            // Long enough that the index lets go of it in a step of its own, before it is deleted.
            String question = CANARY + " " + "and more of the question ".repeat(8_000) + CANARY;
            for (String id : List.of("one", "two", "three")) {
                store.create(
                        SessionRecord.builder(id, "run", question, StoreTesting.NOW)
                                .status(SessionStatus.COMPLETED)
                                .build(),
                        List.of(StoreTesting.said(id, 1, "an answer about " + CANARY)));
            }
            StoreTesting.addEnded(store, "kept", StoreTesting.NOW, "Something else");
        }
        try (Database database = StoreFile.open(file(), Duration.ofSeconds(1))) {
            while (new TextIndex(database).takeIn()) {
                // All of it.
            }
        }
        try (SqliteSessionStore store = open(Retention.OFF)) {
            assertThat(store.forget(List.of("one", "none", "two"))).isEqualTo(2);
            assertThat(store.list(SessionQuery.builder().text(CANARY).build()).sessions())
                    .extracting(SessionRecord::id)
                    .containsExactly("three");
            assertThat(store.forget(List.of("three"))).isEqualTo(1);
            assertThat(filesWith(CANARY)).isEmpty();
            assertThat(ids(store)).containsExactly("kept");
            assertThat(store.health().damage()).isEmpty();
        }
        try (Database database = StoreFile.open(file(), Duration.ofSeconds(1))) {
            long left = database.read(sql -> sql.number("SELECT deletions - purged FROM purges"));
            assertThat(left).isZero();
            // The index of what was asked has an entry for each row, with which it can be compared.
            database.write(
                    sql -> sql.change("INSERT INTO requests_text (requests_text, rank) VALUES ('integrity-check', 1)"));
            database.write(sql -> sql.change("INSERT INTO events_text (events_text) VALUES ('integrity-check')"));
        }
    }

    @Test
    void oldSessionsGoButForWhatAYoungerOneContinues() {
        Instant old = StoreTesting.NOW.minus(Duration.ofDays(100));
        try (SqliteSessionStore store = open(Retention.OFF)) {
            StoreTesting.addEnded(store, "old", old, "a");
            StoreTesting.addEnded(store, "parent", old, "b");
            StoreTesting.addEnded(store, "young", StoreTesting.NOW, "c");
            store.create(
                    StoreTesting.record("child")
                            .parentId("parent")
                            .status(SessionStatus.COMPLETED)
                            .lastActivityAt(StoreTesting.NOW)
                            .build(),
                    List.of());
            store.create(
                    StoreTesting.record("running")
                            .status(SessionStatus.RUNNING)
                            .lastActivityAt(old)
                            .build(),
                    List.of());
            assertThat(store.forgetOlderThan(StoreTesting.NOW.minus(Duration.ofDays(90))))
                    .isEqualTo(1);
            assertThat(ids(store)).containsExactlyInAnyOrder("parent", "young", "child", "running");
        }
    }

    @Test
    void theRetentionIsAppliedOnceADayWhenTheStoreIsClosed() {
        try (SqliteSessionStore store = open(Retention.OFF)) {
            StoreTesting.addEnded(store, "old", StoreTesting.NOW.minus(Duration.ofDays(91)), "a");
            StoreTesting.addEnded(store, "young", StoreTesting.NOW.minus(Duration.ofDays(89)), "a");
        }
        open(Retention.DEFAULT).close();
        try (SqliteSessionStore store = open(Retention.OFF)) {
            assertThat(ids(store)).containsExactly("young");
        }
    }

    /** A daemon is not closed for months. */
    @Test
    void theRetentionIsAppliedBesideWhatGoesOnWhereTheStoreIsWatched() {
        try (SqliteSessionStore store = open(Retention.OFF)) {
            StoreTesting.addEnded(store, "old", StoreTesting.NOW.minus(Duration.ofDays(91)), "a");
            StoreTesting.addEnded(store, "young", StoreTesting.NOW.minus(Duration.ofDays(89)), "a");
        }
        try (SqliteSessionStore store = open(Retention.DEFAULT)) {
            store.watch();
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (ids(store).contains("old")) {
                assertThat(System.nanoTime()).as("what is old goes").isLessThan(deadline);
                Thread.onSpinWait();
            }
            assertThat(ids(store)).containsExactly("young");
        }
    }

    /** A command that has said all it had to say ends, however much somebody who comes back after months has there. */
    @Test
    void whatIsTooMuchForOneCloseGoesAtTheNext() {
        Instant old = StoreTesting.NOW.minus(Duration.ofDays(91));
        try (SqliteSessionStore store = open(Retention.OFF)) {
            StoreTesting.addEnded(store, "oldest", old.minusSeconds(1), "a");
            StoreTesting.addEnded(store, "old", old, "a");
            StoreTesting.addEnded(store, "young", StoreTesting.NOW, "a");
        }
        open(Retention.DEFAULT, Duration.ZERO).close();
        try (SqliteSessionStore store = open(Retention.OFF)) {
            assertThat(ids(store)).containsExactly("young", "old");
        }
        open(Retention.DEFAULT, Duration.ZERO).close();
        try (SqliteSessionStore store = open(Retention.OFF)) {
            assertThat(ids(store)).containsExactly("young");
        }
    }

    @Test
    void aSizeLetsTheOldestGo() throws IOException {
        try (SqliteSessionStore store = open(Retention.OFF)) {
            for (int i = 0; i < 300; i++) {
                StoreTesting.addEnded(
                        store, "s" + i, StoreTesting.NOW.plusSeconds(i), ("Text number " + i + " ").repeat(700));
            }
        }
        assertThat(Files.size(file())).isGreaterThan(3 << 20);
        open(Retention.bytes(2 << 20)).close();
        assertThat(Files.size(file())).isLessThan((2 << 20) + (512 << 10));
        try (SqliteSessionStore store = open(Retention.OFF)) {
            assertThat(ids(store)).contains("s299").doesNotContain("s0");
        }
    }

    @Test
    void usageIsKeptWithoutTheSession() throws IOException {
        try (SqliteSessionStore store = open(Retention.OFF)) {
            priced(store, "a", "0.10", 100);
            priced(store, "b", "0.20", 10);
            StoreTesting.addEnded(store, "unknown", StoreTesting.NOW, "no counts");
            assertThat(store.forget("b-id")).isFalse();
            assertThat(store.forget("canary-b")).isTrue();
            assertThat(store.usage(UsageLine.By.PROVIDER, Instant.EPOCH))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.group()).isEqualTo("local");
                        assertThat(line.calls()).isEqualTo(3);
                        assertThat(line.failed()).isZero();
                        assertThat(line.costUsd().orElseThrow()).isEqualByComparingTo("0.30");
                        assertThat(line.unpriced()).isEqualTo(1);
                        assertThat(line.inputTokens()).contains(110L);
                        assertThat(line.outputTokens()).isEmpty();
                    });
            assertThat(filesWith("canary-b")).isEmpty();
        }
    }

    @Test
    void callsThatNoSessionMadeCountToo() {
        try (SqliteSessionStore store = open(Retention.OFF)) {
            StoreTesting.addEnded(store, "s1", StoreTesting.NOW, "Hello");
            UpstreamCall answered = UpstreamCall.builder(StoreTesting.NOW, "gateway", "completed")
                    .asked("local", "model-1")
                    .httpStatus(200)
                    .usage(Usage.builder().inputTokens(7).outputTokens(2).build())
                    .costUsd(new BigDecimal("0.5"))
                    .firstToken(Duration.ofMillis(300))
                    .duration(Duration.ofSeconds(2))
                    .build();
            UpstreamCall refused = UpstreamCall.builder(StoreTesting.NOW, "gateway", "auth")
                    .asked("local", "model-1")
                    .httpStatus(401)
                    .build();
            store.addCalls(List.of(answered, refused));
            assertThat(store.usage(UsageLine.By.MODEL, Instant.EPOCH))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.calls()).isEqualTo(3);
                        assertThat(line.failed()).isEqualTo(1);
                        assertThat(line.inputTokens()).contains(7L);
                        assertThat(line.costUsd().orElseThrow()).isEqualByComparingTo("0.5");
                        assertThat(line.firstToken()).contains(Duration.ofMillis(300));
                    });
        }
    }

    private static void priced(SqliteSessionStore store, String id, String cost, long tokens) {
        store.create(
                StoreTesting.record("canary-" + id)
                        .status(SessionStatus.RUNNING)
                        .build(),
                List.of());
        store.update(
                StoreTesting.record("canary-" + id)
                        .status(SessionStatus.COMPLETED)
                        .costUsd(new BigDecimal(cost))
                        .usage(Usage.builder().inputTokens(tokens).build())
                        .build(),
                List.of());
    }

    private static List<String> ids(SqliteSessionStore store) {
        return store.list(SessionQuery.builder().limit(1000).build()).sessions().stream()
                .map(SessionRecord::id)
                .toList();
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(text))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private Path file() {
        return folder.resolve("patchbay.db");
    }

    private SqliteSessionStore open(Retention retention) {
        return open(retention, Duration.ofMinutes(5));
    }

    private SqliteSessionStore open(Retention retention, Duration limit) {
        return StoreTesting.builder(file())
                .retention(retention)
                .housekeepingLimit(limit)
                .clock(Clock.fixed(StoreTesting.NOW, ZoneOffset.UTC))
                .open();
    }
}
