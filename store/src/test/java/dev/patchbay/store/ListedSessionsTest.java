package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.session.RequestTemplate;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of sessions is small, whatever was asked in them. */
final class ListedSessionsTest {

    @TempDir
    Path folder;

    @Test
    void aListHoldsTheBeginningOfALongQuestionAndTheSessionAllOfIt() {
        String question = "\ud83d\ude00 needle ".repeat(100_000);
        try (SqliteSessionStore store =
                StoreTesting.builder(folder.resolve("patchbay.db")).open()) {
            store.create(
                    SessionRecord.builder("a", "run", question, StoreTesting.NOW)
                            .title("t")
                            .template(RequestTemplate.EMPTY.withInstructions("s".repeat(1_000_000), null))
                            .build(),
                    List.of());
            for (SessionQuery query : List.of(
                    SessionQuery.builder().build(),
                    SessionQuery.builder().text("needle").build())) {
                SessionRecord listed = store.list(query).sessions().get(0);
                assertThat(listed.query()).isEqualTo(question.substring(0, question.offsetByCodePoints(0, 2_000)));
                assertThat(listed.template()).isSameAs(RequestTemplate.EMPTY);
            }
            SessionRecord whole = store.find("a").orElseThrow();
            assertThat(whole.query()).isEqualTo(question);
            assertThat(whole.template().systemPrompt().orElseThrow()).hasSize(1_000_000);
        }
    }
}
