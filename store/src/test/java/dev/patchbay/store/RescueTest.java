package dev.patchbay.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.ContentBlock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RescueTest {

    private static final int SESSIONS = 200;
    /** Longer than a page. */
    private static final String LONG = "what was said at length, ".repeat(600);

    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void addSessions() {
        file = folder.resolve("sessions.db");
        try (SqliteSessionStore store = StoreTesting.builder(file).open()) {
            for (int i = 1; i <= SESSIONS; i++) {
                StoreTesting.addEnded(
                        store,
                        "s" + i,
                        StoreTesting.NOW.plusSeconds(i),
                        i == 7 ? LONG : "what was said in short, ".repeat(20));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sessions",
                "requests",
                "events",
                "calls",
                "events_by_session",
                "sessions_by_activity",
                "maintenance"
            })
    void aRootPageThatIsGoneCostsWhatStoodInItAlone(String name) throws Exception {
        overwrite(rootOf(name), new byte[PAGE]);
        byte[] before = Files.readAllBytes(file);
        RescuedSessions rescued = rescue();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(rescued.sessions()).isEqualTo(SESSIONS);
        try (SqliteSessionStore copy = StoreTesting.builder(target()).open()) {
            assertThat(copy.health().damage()).isEmpty();
            assertThat(copy.list(SessionQuery.builder().limit(SESSIONS).build()).sessions())
                    .hasSize(SESSIONS)
                    .extracting(SessionRecord::id)
                    .first()
                    .isEqualTo("s" + SESSIONS);
            assertThat(copy.conversation("s7"))
                    .extracting(ConversationEvent::block)
                    .isEqualTo(List.of(ContentBlock.text(LONG)));
            assertThat(copy.find("s7")).hasValueSatisfying(session -> {
                assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
                assertThat(session.query()).isEqualTo("query of s7");
                assertThat(session.provider()).hasValue("local");
                assertThat(session.lastActivityAt()).isEqualTo(StoreTesting.NOW.plusSeconds(7));
            });
            assertThat(copy.usage(UsageLine.By.PROVIDER, StoreTesting.NOW.minusSeconds(1)))
                    .singleElement()
                    .extracting(UsageLine::calls)
                    .isEqualTo((long) SESSIONS);
        }
    }

    /** Nothing leads to a page any more: each is looked at by itself. */
    @Test
    void whatStandsInPagesOfAFileWithoutAHeadIsRead() throws Exception {
        overwrite(1, new byte[PAGE]);
        assertThat(rescue().sessions()).isEqualTo(SESSIONS);
        try (SqliteSessionStore copy = StoreTesting.builder(target()).open()) {
            assertThat(copy.conversation("s7")).hasSize(1);
        }
    }

    @Test
    void aSessionWhoseRowIsGoneIsPutTogetherFromTheRest() throws Exception {
        overwrite(leafWith("s7run", "sessions"), new byte[PAGE]);
        RescuedSessions rescued = rescue();
        assertThat(rescued.sessions()).isEqualTo(SESSIONS);
        assertThat(rescued.reconstructed()).isPositive();
        assertThat(rescued.damaged()).containsExactly("sessions");
        try (SqliteSessionStore copy = StoreTesting.builder(target()).open()) {
            assertThat(copy.find("s7")).hasValueSatisfying(session -> {
                assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
                assertThat(session.query()).isEqualTo("query of s7");
                assertThat(session.provider()).hasValue("local");
            });
            assertThat(copy.conversation("s7")).hasSize(1);
        }
    }

    @Test
    void aQuestionThatIsGoneIsCalledLost() throws Exception {
        overwrite(leafWith("query of s7", "requests"), new byte[PAGE]);
        RescuedSessions rescued = rescue();
        assertThat(rescued.sessions()).isEqualTo(SESSIONS);
        assertThat(rescued.incomplete()).isPositive();
        try (SqliteSessionStore copy = StoreTesting.builder(target()).open()) {
            assertThat(copy.find("s7"))
                    .hasValueSatisfying(session -> assertThat(session.title()).isEqualTo("(its question is lost)"));
        }
    }

    /** It would run for ever. */
    @Test
    void aSessionThatRanWhenTheFileWasDamagedHasEnded() throws Exception {
        try (Database open = StoreFile.open(file, Duration.ofSeconds(1))) {
            open.write(sql -> sql.change("UPDATE sessions SET status = 'running', owner = 'gone' WHERE id = 's7'"));
        }
        rescue();
        try (SqliteSessionStore copy = StoreTesting.builder(target()).open()) {
            assertThat(copy.find("s7"))
                    .hasValueSatisfying(session -> assertThat(session.status()).isEqualTo(SessionStatus.INTERRUPTED));
        }
    }

    @Test
    void aFileOfWhichNothingCanBeReadIsNamedAndLeavesNoCopy() throws Exception {
        Files.write(file, new byte[20 * PAGE]);
        assertThatThrownBy(this::rescue)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nothing can be read of the session store " + file)
                .hasMessageNotContaining(target().toString())
                .hasMessageNotContaining("rescue");
        assertThat(target()).doesNotExist();
    }

    private Path target() {
        return folder.resolve("rescued.db");
    }

    private RescuedSessions rescue() {
        return SqliteSessionStore.rescue(StoreTesting.builder(file), target());
    }

    private long rootOf(String name) throws SQLException {
        return number("SELECT rootpage FROM sqlite_master WHERE name = '" + name + "'");
    }

    /** The leaf of a table on which a text stands; no other kind of page begins so. */
    private long leafWith(String text, String notRootOf) throws SQLException, IOException {
        byte[] all = Files.readAllBytes(file);
        long root = rootOf(notRootOf);
        for (int page = 1; page <= all.length / PAGE; page++) {
            int start = (page - 1) * PAGE;
            if (page != root && all[start] == 13 && new String(all, start, PAGE, ISO_8859_1).contains(text)) {
                return page;
            }
        }
        throw new AssertionError(text + " stands on no page");
    }

    private long number(String query) throws SQLException {
        try (Sql sql = StoreFile.connectToDamaged(file, Duration.ofSeconds(1))) {
            return sql.number(query);
        }
    }

    private void overwrite(long page, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek((page - 1) * PAGE);
            open.write(bytes);
        }
    }
}
