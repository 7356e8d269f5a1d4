package dev.patchbay.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is searched is found from the moment it was told, whether the index has it already, later, or never. */
final class TextIndexTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGER_THAN_A_WAIT = Duration.ofMillis(1_500);
    private static final Duration NEARLY_QUIET = Duration.ofMillis(150);
    private static final int LONG = (1 << 20) + 1;
    private static final int RANDOM_PIECES = 20;
    private static final int RANDOM_BITS = 300_000;
    private static final String SECRET = "\uE123\uE124\uE125";
    private static final String UNINDEXED = "SELECT (SELECT count(*) FROM unindexed_events WHERE bytes IS NOT NULL)"
            + " + (SELECT count(*) FROM unindexed_requests WHERE bytes IS NOT NULL)";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"needle", "NEEDLE", "öde", "ÖDE", "Öde", "it's", "50%", "a_b", "世界", "Ö", "né"})
    void whatTheIndexLacksIsFoundAsWhatItHas(String word) throws Exception {
        try (SqliteSessionStore store = open()) {
            StoreTesting.addEnded(store, "found", StoreTesting.NOW, "A needle, Öde, it's 50% of a_b in 世界, née");
            StoreTesting.addEnded(store, "other", StoreTesting.NOW, "Nothing of it");
            assertThat(found(store, word)).as("at once").containsExactly("found");
            awaitIndexed();
            assertThat(found(store, word)).as("later").containsExactly("found");
        }
    }

    @Test
    void whatAKilledProcessLeftIsTakenInByTheNext() throws Exception {
        open().close();
        // As a process leaves it that writes and is killed.
        sql("INSERT INTO sessions (id, run_id, status, created_at, last_activity_at, archived, has_api_key,"
                + " proxy_enabled) VALUES ('left', 'r', 'completed', 1, 1, 0, 0, 0)");
        sql("INSERT INTO requests (session, title, query) VALUES (1, 'a title', 'a question')");
        sql("INSERT INTO events (session, at, kind, sequence, role, text, is_completed)"
                + " VALUES (1, 1, 'conversation', 1, 'user', 'an answer', 1)");
        assertThat(number("SELECT count(*) FROM unindexed_events")).isEqualTo(1);
        try (SqliteSessionStore store = open()) {
            assertThat(found(store, "answer")).containsExactly("left");
            store.watch();
            awaitIndexed();
            assertThat(found(store, "answer")).containsExactly("left");
            assertThat(found(store, "question")).containsExactly("left");
        }
        assertThat(number("SELECT count(*) FROM events_text WHERE events_text MATCH 'answer'"))
                .isEqualTo(1);
    }

    @Test
    void aStoreThatIsClosedLeavesNothingOfItsOwnToOthers() throws SQLException {
        try (SqliteSessionStore store = open()) {
            StoreTesting.addEnded(store, "s", StoreTesting.NOW, "An answer");
        }
        assertThat(unindexed()).isZero();
    }

    @Test
    void aTitleIsFoundAfterItsChangeAndTheOldOneNoMore() throws Exception {
        try (SqliteSessionStore store = open()) {
            StoreTesting.addEnded(store, "s", StoreTesting.NOW, "An answer");
            for (String[] change : new String[][] {{"query", "first"}, {"first", "second"}}) {
                awaitIndexed();
                store.update(
                        StoreTesting.record("s")
                                .status(SessionStatus.COMPLETED)
                                .title(change[1] + " title")
                                .build(),
                        List.of());
                assertThat(found(store, change[1])).containsExactly("s");
                if (change[0].equals("first")) {
                    assertThat(found(store, "first")).isEmpty();
                }
            }
            awaitIndexed();
            assertThat(found(store, "second")).containsExactly("s");
            assertThat(found(store, "first")).isEmpty();
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    /** Its index would hold everybody up for long, when it is made and when it goes. */
    @Test
    void aVeryLongTextIsFoundWithoutTheIndex() throws Exception {
        try (SqliteSessionStore store = open()) {
            StoreTesting.addEnded(store, "long", StoreTesting.NOW, "x".repeat(LONG) + " needle");
            StoreTesting.addEnded(store, "short", StoreTesting.NOW, "needle");
            awaitIndexed();
            assertThat(number("SELECT count(*) FROM unindexed_events")).isEqualTo(1);
            assertThat(found(store, "needle")).containsExactlyInAnyOrder("long", "short");
            assertThat(store.forget("long")).isTrue();
            assertThat(found(store, "needle")).containsExactly("short");
        }
        assertThat(number("SELECT count(*) FROM unindexed_events")).isZero();
        assertThat(integrity()).isEqualTo("ok");
    }

    /** Whoever deletes a long session takes it out of the index first, in many steps; at each all of it is there. */
    @Test
    void aLongSessionIsWholeUntilItIsDeleted() throws Exception {
        try (Database database = database()) {
            TextIndex index = new TextIndex(database);
            try (SqliteSessionStore store = open()) {
                addLong(store, "long", 20);
                awaitIndexed();
                long before = indexed(database);
                assertThat(index.takeOut(1, () -> true)).as("all is out").isFalse();
                assertThat(indexed(database)).isBetween(1L, before - 1);
                assertThat(store.conversation("long")).hasSize(20);
                assertThat(found(store, "piece1")).containsExactly("long");
                assertThat(found(store, "piece20")).containsExactly("long");
                assertThat(index.takeOut(1, () -> false)).as("all is out").isTrue();
                assertThat(indexed(database)).isZero();
                assertThat(found(store, "piece1")).containsExactly("long");
                assertThat(store.forget("long")).isTrue();
                assertThat(found(store, "piece1")).isEmpty();
            }
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    /** Another process that writes meanwhile gets its turn between the steps. */
    @Test
    void whoDeletesALongSessionLetsOthersWriteMeanwhile() throws Exception {
        try (SqliteSessionStore store = open();
                SqliteSessionStore another =
                        StoreTesting.builder(file()).patience(LIMIT).open()) {
            addLong(store, "long", 200);
            awaitIndexed();
            Thread deletes = new Thread(() -> store.forget("long"));
            deletes.start();
            int written = 0;
            while (deletes.isAlive() && number("SELECT count(*) FROM sessions WHERE id = 'long'") == 1) {
                StoreTesting.addEnded(another, "other" + written++, StoreTesting.NOW, "Hello");
            }
            deletes.join();
            assertThat(written).isGreaterThan(1);
            assertThat(store.find("long")).isEmpty();
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    /** Texts in which nearly every three letters are others, as hashes and what is encoded in letters. */
    @Test
    void aTextIsDeletedInNotMuchMoreTimeThanTheIndexTookItIn() throws Exception {
        Random random = new Random(1);
        List<SessionEvent> said = new ArrayList<>();
        long in;
        try (Connection other = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement run = other.createStatement()) {
            run.executeUpdate("CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = 'trigram')");
            long begun = cpu();
            for (int i = 1; i <= RANDOM_PIECES; i++) {
                String text = new BigInteger(RANDOM_BITS, random).toString(Character.MAX_RADIX);
                said.add(StoreTesting.said("random", i, text));
                run.executeUpdate("INSERT INTO t VALUES ('" + text + "')");
            }
            in = cpu() - begun;
        }
        said.add(StoreTesting.said("random", RANDOM_PIECES + 1, SECRET));
        try (SqliteSessionStore store = open()) {
            store.create(
                    StoreTesting.record("random")
                            .status(SessionStatus.COMPLETED)
                            .build(),
                    said);
            awaitIndexed();
            long begun = cpu();
            assertThat(store.forget("random")).isTrue();
            assertThat(cpu() - begun)
                    .as("of the processor, as against %s ns", in)
                    .isLessThan(4 * in);
            assertThat(traces()).isZero();
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** It keeps every three letters of a text that it lets go of, until they are merged away. */
    @Test
    void whenASessionIsForgottenTheIndexHasNothingOfIt() throws Exception {
        try (SqliteSessionStore store = open()) {
            addAmongOthers(store);
            assertThat(traces()).isPositive();
            store.forget("secret");
            assertThat(found(store, SECRET)).isEmpty();
            assertThat(traces()).isZero();
            assertThat(filesWithSecret()).isEmpty();
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    /** Many deletions there have the index merged once, a moment after the last. */
    @Test
    void whereTheStoreIsWatchedTheIndexHasNothingOfADeletedSessionSoonAfter() throws Exception {
        try (SqliteSessionStore store = open()) {
            addAmongOthers(store);
            store.watch();
            store.forget("secret");
            assertThat(found(store, SECRET)).isEmpty();
            awaitNoTraces();
            StoreTesting.addEnded(store, "later", StoreTesting.NOW, "Said later");
            awaitIndexed();
            store.forget("before");
            store.forget("later");
            awaitPurged();
            assertThat(filesWithSecret()).isEmpty();
            assertThat(found(store, "said")).containsExactlyInAnyOrder("after");
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAKilledProcessDeletedIsPurgedByTheNext(boolean watches) throws Exception {
        try (SqliteSessionStore store = open()) {
            addAmongOthers(store);
        }
        String key = "(SELECT key FROM sessions WHERE id = 'secret')";
        try (Database database = database()) {
            database.write(sql -> sql.change("DELETE FROM events WHERE session = " + key)
                    + sql.change("DELETE FROM requests WHERE session = " + key)
                    + sql.change("DELETE FROM sessions WHERE id = 'secret'"));
        }
        assertThat(traces()).isPositive();
        try (SqliteSessionStore store = open()) {
            if (watches) {
                store.watch();
                awaitNoTraces();
            }
        }
        assertThat(traces()).isZero();
        assertThat(filesWithSecret()).isEmpty();
        assertThat(integrity()).isEqualTo("ok");
    }

    private void addAmongOthers(SqliteSessionStore store) throws SQLException {
        for (String id : List.of("before", "secret", "after")) {
            StoreTesting.addEnded(store, id, StoreTesting.NOW, "Said by " + (id.equals("secret") ? SECRET : id));
            awaitIndexed();
        }
    }

    private void awaitNoTraces() throws Exception {
        awaitPurged();
        assertThat(traces()).isZero();
        assertThat(filesWithSecret()).isEmpty();
    }

    private void awaitPurged() throws SQLException {
        await("SELECT deletions - purged FROM purges", "the index is purged");
    }

    /** Pages of the index in which it is, whether anybody would find it or not. */
    private long traces() throws SQLException {
        return number("SELECT count(*) FROM events_text_data WHERE instr(block, CAST('" + SECRET.substring(1)
                + "' AS BLOB)) > 0");
    }

    /** What begins as the word before it is not written whole. */
    private List<Path> filesWithSecret() throws IOException {
        String bytes = new String(SECRET.substring(1).getBytes(UTF_8), ISO_8859_1);
        List<Path> with = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, ISO_8859_1).contains(bytes)) {
                    with.add(file);
                }
            }
        }
        return with;
    }

    /** Whoever writes would wait for each step of the index, on a busy machine for long. */
    @Test
    void whileSomebodyWritesAgainAndAgainNothingIsTakenIn() throws Exception {
        try (SqliteSessionStore store = open()) {
            int written = 0;
            long last = System.nanoTime();
            for (long begun = last; last - begun < LONGER_THAN_A_WAIT.toNanos(); written++) {
                StoreTesting.addEnded(store, UUID.randomUUID().toString(), StoreTesting.NOW, "word");
                long now = System.nanoTime();
                if (now - last > NEARLY_QUIET.toNanos()) {
                    // The machine was slow: that was a quiet moment.
                    begun = now;
                    written = -1;
                }
                last = now;
            }
            assertThat(unindexed()).isGreaterThanOrEqualTo(2 * written);
            awaitIndexed();
        }
    }

    @Test
    void wordsBehindAZeroAreFoundAndTheTextIsAsItWas() throws Exception {
        try (SqliteSessionStore store = open()) {
            StoreTesting.addEnded(store, "zero", StoreTesting.NOW, "before\0behind");
            assertThat(found(store, "behind")).containsExactly("zero");
            awaitIndexed();
            assertThat(found(store, "behind")).containsExactly("zero");
            assertThat(found(store, "before\0behind")).containsExactly("zero");
            assertThat(store.conversation("zero").get(0).text()).contains("before\0behind");
        }
    }

    private static void addLong(SqliteSessionStore store, String id, int pieces) {
        List<SessionEvent> said = new ArrayList<>();
        for (int i = 1; i <= pieces; i++) {
            said.add(StoreTesting.said(id, i, "piece" + i + " of a long talk, ".repeat(1_500)));
        }
        store.create(StoreTesting.record(id).status(SessionStatus.COMPLETED).build(), said);
    }

    private static long indexed(Database database) {
        return database.read(sql -> TextIndex.indexed(sql, 1));
    }

    private static List<String> found(SqliteSessionStore store, String word) {
        return store.list(SessionQuery.builder().text(word).build()).sessions().stream()
                .map(SessionRecord::id)
                .toList();
    }

    private void awaitIndexed() throws SQLException {
        await(UNINDEXED, "the index is up to date");
    }

    private void await(String left, String what) throws SQLException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (number(left) != 0) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private long unindexed() throws SQLException {
        return number(UNINDEXED);
    }

    /** Of the file, and of the index beside the texts. */
    private String integrity() throws SQLException {
        sql("INSERT INTO events_text (events_text) VALUES ('integrity-check')");
        sql("INSERT INTO requests_text (requests_text) VALUES ('integrity-check')");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement run = other.createStatement()) {
            return run.executeQuery("PRAGMA integrity_check").getString(1);
        }
    }

    private void sql(String statement) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement run = other.createStatement()) {
            run.executeUpdate(statement);
        }
    }

    private long number(String query) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement run = other.createStatement()) {
            return run.executeQuery(query).getLong(1);
        }
    }

    private Database database() {
        return StoreFile.open(file(), LIMIT);
    }

    private Path file() {
        return folder.resolve("patchbay.db");
    }

    private SqliteSessionStore open() {
        return StoreTesting.builder(file()).open();
    }
}
