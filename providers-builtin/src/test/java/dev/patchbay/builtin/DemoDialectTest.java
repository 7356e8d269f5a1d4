package dev.patchbay.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.TestContext;
import dev.patchbay.testkit.TestDefinition;
import dev.patchbay.testkit.Transcript;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoDialectTest {

    @Test
    void repeatsTheQuestionSaysThatItIsNoModelAndWhatToDoNext() {
        assertThat(textOf(answerTo("Hello\n  there")))
                .contains("It is no model")
                .contains("You asked: Hello there\n")
                .contains("--provider anthropic")
                .contains("patchbay providers list");
    }

    @Test
    void answersTheLastQuestionOfAConversation() {
        ChatRequest request = ChatRequest.builder("demo")
                .message(ChatMessage.user("one"))
                .message(ChatMessage.assistant("two"))
                .message(ChatMessage.user("three"))
                .build();

        assertThat(DemoAnswer.to(request)).contains("You asked: three\n");
    }

    @Test
    void streamsInTheOrderOfAnAnswerAndInManyPieces() {
        List<ChatEvent> events = answerTo("Hello");

        assertThat(events.get(0)).isInstanceOf(ChatEvent.Started.class);
        assertThat(events.get(1)).isInstanceOf(ChatEvent.BlockStarted.class);
        assertThat(events.subList(2, events.size() - 3))
                .hasSizeGreaterThan(20)
                .hasOnlyElementsOfType(ChatEvent.TextDelta.class);
        assertThat(events.subList(events.size() - 3, events.size()))
                .satisfiesExactly(
                        stopped -> assertThat(stopped).isInstanceOf(ChatEvent.BlockStopped.class),
                        finishing -> assertThat(finishing).isInstanceOf(ChatEvent.Finishing.class),
                        end -> assertThat(end).isInstanceOf(ChatEvent.Stopped.class));
    }

    @Test
    void shortensALongQuestionWithoutSplittingACharacter() {
        assertThat(textOf(answerTo("\uD83D\uDE00".repeat(500))))
                .contains("\uD83D\uDE00...\n")
                .doesNotContain("\uFFFD");
    }

    @Test
    void needsNeitherNetworkNorBaseUrlAndKeepsToTheOrderOfAnAnswer() {
        DemoDialect dialect = new DemoDialect();
        ChatRequest request =
                ChatRequest.builder("demo").message(ChatMessage.user("Hello")).build();

        try (ChatClient client = dialect.connect(TestDefinition.of(dialect), TestContext.withoutNetwork())) {
            assertThat(dialect.needsBaseUrl()).isFalse();
            assertThat(Transcript.of(client.stream(request)).text()).contains("You asked: Hello");
        }
    }

    /** Whoever gives one believes that it is asked. */
    @Test
    void takesNoBaseUrl() {
        DemoDialect dialect = new DemoDialect();
        TestDefinition elsewhere = TestDefinition.of(dialect, URI.create("http://127.0.0.1:1/v1"));

        assertThatThrownBy(() -> dialect.connect(elsewhere, TestContext.withoutNetwork()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("nothing was sent to the base URL");
    }

    @Test
    void endsAtOnceWhenClosed() {
        ChatStream stream = new DemoStream("demo", "one two three");
        stream.next();

        stream.close();
        stream.close();

        assertThatThrownBy(stream::next)
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ProviderException.Kind.CANCELLED));
    }

    private static List<ChatEvent> answerTo(String question) {
        ChatRequest request =
                ChatRequest.builder("demo").message(ChatMessage.user(question)).build();
        List<ChatEvent> events = new ArrayList<>();
        try (ChatStream stream = new DemoStream("demo", DemoAnswer.to(request))) {
            for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                events.add(event.get());
            }
        }
        return events;
    }

    private static String textOf(List<ChatEvent> events) {
        StringBuilder text = new StringBuilder();
        for (ChatEvent event : events) {
            if (event instanceof ChatEvent.TextDelta delta) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }
}
