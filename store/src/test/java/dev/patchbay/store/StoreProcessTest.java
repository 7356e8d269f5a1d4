package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store of several real processes, some of which are killed. */
@Tag("process")
final class StoreProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void whatWasToldIsThereAfterAKill() throws Exception {
        killAndLook(3);
    }

    @Test
    @Tag("soak")
    void whatWasToldIsThereAfterFiftyKills() throws Exception {
        killAndLook(50);
    }

    @Test
    void aKillWhileTheFileIsMadeLeavesNothingThatCannotBeOpened() throws Exception {
        killWhileItIsMade(5);
    }

    @Test
    @Tag("soak")
    void twoHundredKillsWhileTheFileIsMade() throws Exception {
        killWhileItIsMade(200);
    }

    @Test
    void twoProcessesAndAReaderShareOneStore() throws Exception {
        try (RunningProcess one = writer("one", 40).start();
                RunningProcess two = writer("two", 40).start();
                SqliteSessionStore reader = StoreTesting.builder(file()).open()) {
            one.awaitStdout("one3", LIMIT);
            assertThat(reader.list(SessionQuery.builder().build()).sessions()).isNotEmpty();
            assertThat(one.await(LIMIT)).satisfies(StoreProcessTest::succeeded);
            assertThat(two.await(LIMIT)).satisfies(StoreProcessTest::succeeded);
            assertThat(reader.list(SessionQuery.builder().limit(1000).build()).sessions())
                    .hasSize(80)
                    .allMatch(session -> session.status() == SessionStatus.COMPLETED);
            assertThat(reader.conversation("two39")).hasSize(10);
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    @Test
    @Tag("soak")
    void eightProcessesWriteForAMinute() throws Exception {
        List<RunningProcess> writers = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                writers.add(writer("p" + i + "-", 1_000).start());
            }
            for (RunningProcess writer : writers) {
                assertThat(writer.await(Duration.ofMinutes(10))).satisfies(StoreProcessTest::succeeded);
            }
        } finally {
            writers.forEach(RunningProcess::close);
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    @Test
    void killedProcessesLeaveOneLibraryBehindAndNoMore() throws Exception {
        killAndLook(2);
        Path library = folder.resolve("library");
        try (Stream<Path> left = Files.list(library)) {
            assertThat(left).hasSize(1);
        }
        try (Stream<Path> temporary = Files.list(folder.resolve("tmp"))) {
            assertThat(temporary).isEmpty();
        }
    }

    /** Of two copies of the library in one loader of classes, one is given what belongs to the other, and crashes or not by chance. */
    @Test
    void whoeverUsesSqliteBeforeAStoreGoesOnWithBothAndOneLibrary() throws Exception {
        assertThat(written(SqliteOfItsOwn.class)).endsWith("own0 ended\nstill there\n");
        assertThat(folder.resolve("library")).doesNotExist();
        assertThat(folder.resolve("native")).doesNotExist();
    }

    @Test
    void aStoreIsOpenedByEveryLoaderOfClassesOfAProcess() throws Exception {
        assertThat(written(ManyClassLoaders.class)).endsWith("own-again-again-again0 ended\n");
    }

    private String written(Class<?> program) throws IOException {
        ProcessOutcome outcome = writer(program, "own", 1).run(LIMIT);
        assertThat(outcome).satisfies(StoreProcessTest::succeeded);
        return outcome.stdout();
    }

    private void killAndLook(int times) throws Exception {
        for (int round = 0; round < times; round++) {
            String lastTold = kill("r" + round + "-");
            try (SqliteSessionStore store = StoreTesting.builder(file()).open()) {
                String[] words = lastTold.split(" ");
                SessionRecord session = store.find(words[0]).orElseThrow();
                if (words[1].equals("ended")) {
                    assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
                } else {
                    assertThat(store.conversation(words[0])).hasSizeGreaterThanOrEqualTo(Integer.parseInt(words[1]));
                }
                // Nobody holds the file any more.
                StoreTesting.addEnded(store, "after" + round, StoreTesting.NOW, "Hello");
            }
            assertThat(integrity()).isEqualTo("ok");
        }
    }

    /** Kills a process that writes; returns the last line that it printed as a whole. */
    private String kill(String ids) throws IOException {
        try (RunningProcess writer = writer(ids, 0).start()) {
            writer.awaitStdout(ids + "1 3", LIMIT);
            writer.signal("KILL");
            String printed = writer.await(LIMIT).stdout();
            String whole = printed.substring(0, printed.lastIndexOf('\n'));
            return whole.substring(whole.lastIndexOf('\n') + 1);
        }
    }

    private void killWhileItIsMade(int times) throws Exception {
        for (int round = 0; round < times; round++) {
            Path file = folder.resolve("made" + round).resolve("patchbay.db");
            Files.createDirectories(file.getParent());
            try (RunningProcess writer = ChildProcess.java(StoreWriter.class.getName(), file.toString(), "s", "0")
                    .start()) {
                awaitSize(file, (round % 5) * 4096L);
                writer.signal("KILL");
                writer.await(LIMIT);
            }
            try (SqliteSessionStore store = StoreTesting.builder(file).open()) {
                StoreTesting.addEnded(store, "after", StoreTesting.NOW, "Hello");
                assertThat(store.find("after")).isPresent();
            }
        }
    }

    private static void awaitSize(Path file, long bytes) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(file) || Files.size(file) < bytes) {
            assertThat(System.nanoTime()).as("the file is made").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private ChildProcess writer(String ids, int sessions) throws IOException {
        return writer(StoreWriter.class, ids, sessions);
    }

    private ChildProcess writer(Class<?> program, String ids, int sessions) throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        return ChildProcess.java(program.getName(), file().toString(), ids, String.valueOf(sessions))
                .env(
                        "JDK_JAVA_OPTIONS",
                        "-Djava.io.tmpdir=" + folder.resolve("tmp") + " -Dpatchbay.test.library="
                                + folder.resolve("library"));
    }

    private static void succeeded(ProcessOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
    }

    private String integrity() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            return statement.executeQuery("PRAGMA integrity_check").getString(1);
        }
    }

    private Path file() {
        return folder.resolve("patchbay.db");
    }

    /** S01: a disk whose locks do not work is known by what SQLite says of it (SQLITE_PROTOCOL), whatever its kind is called. */
    @Test
    void aDiskWhoseLocksDoNotWorkIsNamedAndTheStoreLeftAsItIs() throws IOException {
        try (SqliteSessionStore store = StoreTesting.builder(file()).open()) {
            StoreTesting.addEnded(store, "s1", StoreTesting.NOW, "Hello");
        }
        byte[] before = Files.readAllBytes(file());
        try (RunningProcess holder = ChildProcess.java(HeldLogIndex.class.getName(), file().toString())
                .start()) {
            holder.awaitStdout("held", LIMIT);
            assertThatThrownBy(() -> StoreTesting.builder(file())
                            .patience(Duration.ofMillis(100))
                            .open())
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.NETWORK_DISK))
                    .hasMessageContainingAll("its locks do not work as those of a local disk", "PATCHBAY_STORE");
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        try (SqliteSessionStore store = StoreTesting.builder(file()).open()) {
            assertThat(store.find("s1")).isPresent();
        }
    }
}
