package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.session.RequestTemplate;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of sessions is small, whatever was asked in them. */
final class ListedSessionsTest {

    @TempDir
    Path folder;

    @Test
    void aSearchThatTakesTooLongIsGivenUpAndTheNextOneServed() {
        Path file = folder.resolve("patchbay.db");
        try (SqliteSessionStore store = StoreTesting.builder(file).open()) {
            for (int i = 0; i < 300; i++) {
                StoreTesting.addEnded(store, "s" + i, StoreTesting.NOW, "some words");
            }
            assertThatThrownBy(() -> store.list(
                            SessionQuery.builder().text("x".repeat(101)).build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a word of a search has 100 characters at most, not 101");
        }
        try (SqliteSessionStore store =
                StoreTesting.builder(file).searchLimit(Duration.ZERO).open()) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() ->
                                store.list(SessionQuery.builder().text("zz").build()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("the search took longer than 0 s");
            }
            assertThat(store.find("s7")).isPresent();
            assertThat(store.conversation("s7")).hasSize(1);
        }
    }

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
