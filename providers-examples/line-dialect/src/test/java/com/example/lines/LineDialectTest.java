package com.example.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Dialect;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.TestContext;
import dev.patchbay.testkit.TestDefinition;
import dev.patchbay.testkit.Transcript;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only this dialect does. */
class LineDialectTest {

    private final FakeProvider provider = FakeProvider.start();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void writesOneLineForEachTurn() {
        provider.answer(Answer.status(200).body("text/x-lines", "bye\n"));

        ask(ChatRequest.builder("small")
                .system("Be brief.")
                .message(ChatMessage.user("One\nTwo \\ three"))
                .message(ChatMessage.assistant("Yes?"))
                .message(ChatMessage.user("Four"))
                .build());

        assertThat(provider.onlyRequest().path()).isEqualTo("/api/talk");
        assertThat(provider.onlyRequest().text())
                .isEqualTo("model small\nsystem Be brief.\nuser One\\nTwo \\\\ three\nassistant Yes?\nuser Four\n");
    }

    @Test
    void readsTextsAndTokenCounts() {
        provider.answer(Answer.status(200).body("text/x-lines", "say One\\nTwo \nsay \\\\ three\nused 3 5\nbye\n"));

        Transcript transcript = ask(
                ChatRequest.builder("small").message(ChatMessage.user("Hello")).build());

        assertThat(transcript.text()).isEqualTo("One\nTwo \\ three");
        assertThat(transcript.usage().inputTokens()).hasValue(3);
        assertThat(transcript.usage().outputTokens()).hasValue(5);
    }

    private Transcript ask(ChatRequest request) {
        Dialect dialect = new LineDialect();
        URI baseUrl = provider.baseUrl("/api/");
        try (ChatClient client = dialect.connect(TestDefinition.of(dialect, baseUrl), TestContext.of(baseUrl))) {
            return Transcript.of(client.stream(request));
        }
    }
}
