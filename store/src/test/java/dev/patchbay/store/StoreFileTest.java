package dev.patchbay.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of the store: made, opened, upgraded, and what is said where it cannot be used. */
final class StoreFileTest {

    private static final String CANARY = "canary-7f3a91-of-a-client";

    @TempDir
    Path folder;

    @Test
    void isOfThisUserAloneWhateverTheMask() throws IOException {
        Path file = folder.resolve("new").resolve("patchbay.db");
        try (SqliteSessionStore store = StoreTesting.builder(file).open()) {
            StoreTesting.addEnded(store, "s1", StoreTesting.NOW, "Hello");
            try (Stream<Path> all = Files.list(file.getParent())) {
                assertThat(all.filter(Files::isRegularFile))
                        .hasSizeGreaterThanOrEqualTo(2)
                        .allSatisfy(
                                made -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                                        .isEqualTo("rw-------"));
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"patchbay.db", "with blank.db", "q?mode=ro#x.db", "100%25.db", "größe.db", "file:x.db"})
    void anyNameOfAFileIsOne(String name) {
        Path file = folder.resolve(name);
        try (SqliteSessionStore store = StoreTesting.builder(file).open()) {
            StoreTesting.addEnded(store, "s1", StoreTesting.NOW, "Hello");
        }
        assertThat(file).exists();
    }

    /** What is in it is run. */
    @Test
    void theLibraryIsOfThisUserAlone() throws IOException {
        Path library = NativeLibrary.unpacked(folder.resolve("cache/native"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
                .isEqualTo("rw-------");
    }

    @Test
    void theLibraryIsNewEnough() throws SQLException {
        open().close();
        assertThat(number("select sqlite_version()")).isGreaterThanOrEqualTo("3.51.3");
        String[] version = number("select sqlite_version()").split("\\.");
        assertThat(Integer.parseInt(version[0]) * 10_000
                        + Integer.parseInt(version[1]) * 100
                        + Integer.parseInt(version[2]))
                .isGreaterThanOrEqualTo(35_103);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void everyFormatThatWasReleasedOpensWithAllThatItHolds(int format) throws IOException {
        try (InputStream fixture = getClass().getResourceAsStream("format-" + format + ".db")) {
            Files.copy(fixture, file());
        }
        try (SqliteSessionStore store = open()) {
            assertThat(store.list(SessionQuery.builder().build()).sessions())
                    .extracting(session -> session.id() + " " + session.status().word() + " " + session.title())
                    .containsExactly("child completed query of child", "first completed query of first");
            assertThat(store.history("child"))
                    .extracting(event -> event.text().orElse(""))
                    .containsExactly("Hello", "Grüße, 世界");
            assertThat(store.log().orElseThrow().after(0, 100)).hasSize(4);
            assertThat(store.usage(UsageLine.By.PROVIDER, StoreTesting.NOW.minusSeconds(1)))
                    .extracting(UsageLine::calls)
                    .containsExactly(2L);
            assertThat(store.list(SessionQuery.builder().text("世界").build()).sessions())
                    .hasSize(1);
        }
    }

    /** Until format 4 they stood there as clients sent them. */
    @Test
    void namesOfActsThatAreDoneOnceAreHashedAndStillKnown() throws Exception {
        try (InputStream fixture = getClass().getResourceAsStream("format-4.db")) {
            Files.copy(fixture, file());
        }
        sql("UPDATE one_time_acts SET name = '" + CANARY + "'");
        try (SqliteSessionStore store = open()) {
            assertThat(store.begin(CANARY, "fingerprint").orElseThrow().reply())
                    .contains(new OneTimeAct.Reply(201, "{}"));
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files)
                        .allSatisfy(file ->
                                assertThat(Files.readString(file, ISO_8859_1)).doesNotContain(CANARY));
            }
        }
    }

    @Test
    void aNewerFormatIsLeftAlone() throws Exception {
        open().close();
        sql("PRAGMA user_version = 99");
        refuses(StoreException.Kind.NEWER, "newer Patchbay (format 99, this one knows 6): update Patchbay");
    }

    @Test
    void aFormatThatIsNewerSinceThisProgramRunsIsNamedWithWhatToDo() throws Exception {
        try (SqliteSessionStore store = StoreTesting.builder(file()).open()) {
            store.begin("an act", "fingerprint");
            try (Sql newer = StoreFile.connectToDamaged(file(), Duration.ofSeconds(1))) {
                newer.script("ALTER TABLE one_time_acts RENAME COLUMN name_hash TO renamed");
                newer.script("PRAGMA user_version = " + (StoreFile.FORMAT + 1));
            }
            assertThatThrownBy(() -> store.begin("another act", "fingerprint"))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.NEWER))
                    .hasMessageContaining("while this program ran")
                    .hasMessageContaining("patchbay daemon stop");
        }
    }

    @Test
    void theDatabaseOfAnotherProgramIsLeftAlone() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.executeUpdate("CREATE TABLE sessions (id)");
        }
        refuses(StoreException.Kind.FOREIGN, "is a database of another program");
    }

    @Test
    void aHeadThatIsNoneIsDamage() throws Exception {
        addSessions();
        overwrite(0, "hello".getBytes(UTF_8));
        refuses(StoreException.Kind.DAMAGED, "is damaged");
    }

    @Test
    void halfAFileIsDamage() throws Exception {
        addSessions();
        try (RandomAccessFile open = new RandomAccessFile(file().toFile(), "rw")) {
            open.setLength(open.length() / 2 / 4096 * 4096);
        }
        refuses(StoreException.Kind.DAMAGED, "is damaged");
    }

    @Test
    void aPageOfZerosIsDamageWhereItIsMet() throws Exception {
        addSessions();
        overwrite(4 * 4096, new byte[4096]);
        byte[] before = Files.readAllBytes(file());
        try (SqliteSessionStore store = open()) {
            assertThatThrownBy(() -> StoreTesting.addEnded(store, "new", StoreTesting.NOW, "Hello"))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.DAMAGED));
        } catch (StoreException atClose) {
            assertThat(atClose.kind()).isEqualTo(StoreException.Kind.DAMAGED);
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void whoeverGoesOnWithADamagedStoreIsToldSoAtEveryUse() throws Exception {
        addSessions();
        overwrite(0, "hello".getBytes(UTF_8));
        Map<String, String> before = contents();
        try (SqliteSessionStore store = StoreTesting.builder(file()).openEvenIfDamaged()) {
            assertThat(store.damage())
                    .hasValueSatisfying(said -> assertThat(said)
                            .contains(file().toString(), "is damaged", "patchbay sessions rescue NEW-FILE"));
            assertThatThrownBy(() -> store.find("s1"))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(store.damage().orElseThrow());
            assertThatThrownBy(() -> StoreTesting.addEnded(store, "new", StoreTesting.NOW, "Hello"))
                    .hasMessage(store.damage().orElseThrow());
            assertThatThrownBy(() -> store.log().orElseThrow().last())
                    .hasMessage(store.damage().orElseThrow());
        }
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void damageThatIsMetLaterIsRemembered() throws Exception {
        addSessions();
        overwrite(4 * 4096, new byte[4096]);
        SqliteSessionStore store = StoreTesting.builder(file()).openEvenIfDamaged();
        assertThat(store.damage()).isEmpty();
        assertThat(store.health().damage()).isPresent();
        assertThat(store.damage()).hasValueSatisfying(said -> assertThat(said).contains(file().toString()));
        try {
            store.close();
        } catch (StoreException atClose) {
            assertThat(atClose.kind()).isEqualTo(StoreException.Kind.DAMAGED);
        }
    }

    /** While one writes, others read what is there: a write that takes long holds nobody up. */
    @Test
    void aReaderDoesNotWaitForAWriter() throws Exception {
        addSessions();
        try (SqliteSessionStore store = open();
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            Thread writer = new Thread(() -> StoreTesting.addEnded(store, "new", StoreTesting.NOW, "Hello"));
            writer.start();
            while (writer.getState() == Thread.State.NEW || !isInDriver(writer)) {
                Thread.onSpinWait();
            }
            assertThat(store.conversation("s1")).isNotEmpty();
            assertThat(writer.isAlive()).as("the writer still waits").isTrue();
            statement.executeUpdate("ROLLBACK");
            writer.join();
            assertThat(store.find("new")).as("what is written is read at once").isPresent();
        }
    }

    private static boolean isInDriver(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("executeUpdate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"})
    void onANetworkDiskNothingIsMadeOrChanged(String kind) throws IOException {
        assertThatThrownBy(() -> StoreTesting.builder(folder.resolve("a/patchbay.db"))
                        .diskKind(path -> kind)
                        .open())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("network disk (" + kind + ")", "PATCHBAY_STORE");
        assertThatThrownBy(() -> StoreTesting.builder(folder.resolve("a/patchbay.db"))
                        .diskKind(path -> kind)
                        .requireLocalDisk())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("network disk (" + kind + ")", "PATCHBAY_STORE");
        assertThat(folder).isEmptyDirectory();

        addSessions();
        Files.writeString(folder.resolve("patchbay.db-wal"), "log");
        Files.writeString(folder.resolve("patchbay.db-shm"), "index");
        Map<String, String> before = contents();
        assertThatThrownBy(() ->
                        StoreTesting.builder(file()).diskKind(path -> kind).open())
                .isInstanceOf(StoreException.class);
        assertThat(contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "btrfs", "xfs", "tmpfs", "overlay", "apfs", "zfs", "fuseblk", "fuse.gocryptfs", ""})
    void aLocalDiskIsOneAndAnUnknownKindToo(String kind) {
        StoreTesting.builder(file()).diskKind(path -> kind).open().close();
        assertThat(file()).exists();
    }

    @Test
    void whoeverHoldsTheFileForLongIsToldOf() throws Exception {
        addSessions();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement();
                SqliteSessionStore store = StoreTesting.builder(file())
                        .patience(Duration.ofMillis(50))
                        .open()) {
            statement.executeUpdate("BEGIN EXCLUSIVE");
            assertThatThrownBy(() -> store.create(StoreTesting.record("new").build(), List.of()))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.BUSY))
                    .hasMessageContainingAll(file().toString(), "locked by another process");
            statement.executeUpdate("ROLLBACK");
            store.create(StoreTesting.record("new").build(), List.of());
        }
    }

    @Test
    void aFolderIsNoStore() throws IOException {
        Files.createDirectory(file());
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("it is a folder");
    }

    @Test
    void aFileWhereAFolderShouldBeIsSaid() throws IOException {
        Files.writeString(folder.resolve("a"), "");
        assertThatThrownBy(() -> StoreTesting.builder(folder.resolve("a/b.db")).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a/b.db");
    }

    @Test
    void severalProcessesMayMakeItAtOnce() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 8; i++) {
            String id = "s" + i;
            threads.add(new Thread(() -> {
                try (SqliteSessionStore store = open()) {
                    StoreTesting.addEnded(store, id, StoreTesting.NOW, "Hello");
                }
            }));
        }
        threads.forEach(thread -> thread.setUncaughtExceptionHandler((where, failure) -> failures.add(failure)));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        try (SessionStore store = open()) {
            assertThat(store.list(SessionQuery.builder().build()).sessions()).hasSize(8);
        }
    }

    private void refuses(StoreException.Kind kind, String message) throws IOException {
        Map<String, String> before = contents();
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessageContainingAll(file().toString(), message);
        assertThat(contents()).isEqualTo(before);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                contents.put(String.valueOf(each.getFileName()), Arrays.toString(Files.readAllBytes(each)));
            }
        }
        return contents;
    }

    private void addSessions() {
        try (SqliteSessionStore store = open()) {
            for (int i = 0; i < 50; i++) {
                StoreTesting.addEnded(store, "s" + i, StoreTesting.NOW, "Hello ".repeat(200) + i);
            }
        }
    }

    private void overwrite(long position, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file().toFile(), "rw")) {
            open.seek(position);
            open.write(bytes);
        }
    }

    private void sql(String statement) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement run = other.createStatement()) {
            run.executeUpdate(statement);
        }
    }

    private String number(String query) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement run = other.createStatement()) {
            return run.executeQuery(query).getString(1);
        }
    }

    private Path file() {
        return folder.resolve("patchbay.db");
    }

    private SqliteSessionStore open() {
        return StoreTesting.builder(file()).open();
    }
}
