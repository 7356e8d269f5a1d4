package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.daemon.TestDaemon;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.testkit.FakeProvider;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a page weighs does not grow with what there is: two thousand pieces in one session, and a thousand sessions (P03). */
final class LongSessionPageTest extends PageTest {

    private static final int PIECES = 2_000;
    private static final int SESSIONS = 1_000;

    @Override
    TestDaemon startDaemon(Path home, FakeProvider fake) {
        try (SqliteSessionStore store = SqliteSessionStore.open(home.resolve("patchbay.db"))) {
            Instant now = Instant.now();
            for (int i = 0; i < SESSIONS; i++) {
                store.create(ended("s" + i, now.minusSeconds(60 + i)), List.of());
            }
            List<SessionEvent> said = new ArrayList<>();
            for (int i = 1; i <= PIECES; i++) {
                said.add(new SessionEvent.ConversationUpdated(
                        "long",
                        new ConversationEvent(
                                "long",
                                i,
                                now,
                                i % 2 == 1 ? ChatMessage.Role.USER : ChatMessage.Role.ASSISTANT,
                                ContentBlock.text("Piece " + i + ".\n\n```java\nint i = " + i + ";\n```\n"),
                                true)));
            }
            store.create(ended("long", now), said);
        }
        return TestDaemon.start(home, fake);
    }

    private static SessionRecord ended(String id, Instant at) {
        return SessionRecord.builder(id, "run", "Question of " + id, at)
                .status(SessionStatus.COMPLETED)
                .lastActivityAt(at)
                .completedAt(at)
                .build();
    }

    @Test
    void aLongConversationBeginsWithItsNewestPartAndLeadsBackToItsFirstPiece() {
        logIn();
        open("/sessions/long");
        browser().awaitText("#conversation", "Piece " + PIECES + ".");
        assertThat(number("return document.querySelectorAll('*').length")).isLessThan(3_000);
        assertThat(number("return performance.getEntriesByType('navigation')[0].decodedBodySize"))
                .isLessThan(300_000);
        browser().click(".earlier a");
        browser().until("an earlier part", () -> shown() > 40);
        open("/sessions/long?of=long&before=201");
        while (shown() < 200) {
            long before = shown();
            // A link that was put there a moment ago leads to another page until htmx has seen it.
            browser()
                    .until(
                            "an earlier part",
                            () -> Boolean.TRUE.equals(browser()
                                    .script("return 'htmx-internal-data' in document.querySelector('.earlier a')")));
            browser().click(".earlier a");
            browser().until("more is shown", () -> shown() > before);
        }
        assertThat(browser().text("#conversation article:first-of-type")).contains("Piece 1.");
        assertThat(browser().text("#conversation article:last-of-type")).contains("Piece 200.");
        assertThat(browser().isSeen(".earlier")).isFalse();
        assertNoProblems();
    }

    @Test
    void aListOfAThousandSessionsIsAPageOfTwenty() {
        logIn();
        open("/sessions");
        assertThat(browser().all("#sessions li")).hasSize(20);
        assertThat(number("return document.querySelectorAll('*').length")).isLessThan(1_000);
        assertThat(number("return performance.getEntriesByType('navigation')[0].decodedBodySize"))
                .isLessThan(100_000);
        browser().leave(() -> browser().click(".pages a:last-child"));
        assertThat(browser().all("#sessions li")).hasSize(20);
        assertNoProblems();
    }

    private long shown() {
        return number("return document.querySelectorAll('#conversation article').length");
    }

    private long number(String script) {
        return Math.round(((Number) browser().script(script)).doubleValue());
    }
}
