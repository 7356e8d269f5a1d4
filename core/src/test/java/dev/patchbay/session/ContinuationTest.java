package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a launch can say, and what a continuation inherits of it (sessions.md, section 1). */
@Timeout(60)
final class ContinuationTest {

    private static final Tool WEATHER = Tool.of("weather", "Tells the weather", Map.of("type", "object"));
    private static final Tool CLOCK = Tool.of("clock", "Tells the time", Map.of("type", "object"));

    private final FakeProvider fake = FakeProvider.start();
    private final InMemorySessionStore store = new InMemorySessionStore();
    private final Patchbay patchbay = patchbay(store);

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
    }

    @Test
    void aLaunchSaysAllThatARequestCan() {
        patchbay.launch(LaunchRequest.query("Hi")
                        .provider("messages")
                        .topP(0.5)
                        .topK(40)
                        .stopSequence("END")
                        .userId("user-7")
                        .maxTokens(77)
                        .outputSchema(Map.of("type", "object", "title", "Reply"))
                        .more("seed", 42)
                        .build())
                .await();
        assertThat(fake.onlyRequest().text())
                .contains("\"top_p\":0.5", "\"top_k\":40", "END", "user-7", "77", "\"Reply\"", "\"seed\":42");
    }

    @Test
    void earlierMessagesComeBeforeTheQueryAndGoIntoTheConversation() {
        List<ChatMessage> earlier = List.of(ChatMessage.user("My name is Ada."), ChatMessage.assistant("Hello Ada."));
        Session session = patchbay.launch(
                query("What is my name?").earlierMessages(earlier).build());
        session.await();
        patchbay.continueSession(session.id(), ContinueRequest.query("Sure?").build())
                .await();

        assertThat(fake.requests().get(0).text())
                .containsSubsequence("My name is Ada.", "Hello Ada.", "What is my name?");
        assertThat(fake.requests().get(1).text())
                .containsSubsequence("My name is Ada.", "Hello Ada.", "What is my name?", "Sure?");
    }

    @Test
    void aConversationHadElsewhereGoesOn() {
        patchbay.launch(LaunchRequest.conversation(List.of(
                                ChatMessage.user("One"), ChatMessage.assistant("Two"), ChatMessage.user("Three")))
                        .provider("local")
                        .build())
                .await();
        assertThat(fake.onlyRequest().text()).containsSubsequence("One", "Two", "Three");
    }

    @Test
    void anImageNeedsNoText() {
        Session session = patchbay.launch(
                LaunchRequest.content(ContentBlock.image(MediaSource.base64("image/png", "iVBORw0KGgo=")))
                        .provider("local")
                        .build());
        assertThat(session.await().status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(fake.onlyRequest().text()).contains("data:image/png;base64,iVBORw0KGgo=");
    }

    @Test
    void toolsOfAContinuationReplaceTheEarlierOnesAndOthersAreInherited() {
        Session first = patchbay.launch(query("Hi").tool(WEATHER).build());
        first.await();
        Session second = patchbay.continueSession(
                first.id(), ContinueRequest.query("And?").tool(CLOCK).build());
        second.await();
        Session third = patchbay.continueSession(
                second.id(), ContinueRequest.query("So?").build());
        third.await();
        patchbay.continueSession(
                        third.id(),
                        ContinueRequest.query("Well?").withoutInheritedTools().build())
                .await();

        assertThat(fake.requests().get(1).text()).contains("\"clock\"").doesNotContain("\"weather\"");
        assertThat(fake.requests().get(2).text()).contains("\"clock\"").doesNotContain("\"weather\"");
        assertThat(fake.requests().get(3).text()).doesNotContain("\"clock\"", "\"tools\"");
    }

    @Test
    void aToolChoiceCountsForOneCall() {
        fake.enqueue(Answer.toolCall("call_1", "weather", "{}"), Answer.text("Sunny."));
        Session first = patchbay.launch(query("Hi")
                .tool(WEATHER)
                .toolChoice(ToolChoice.of(ToolChoice.Mode.ANY))
                .build());
        first.await();
        patchbay.continueSession(
                        first.id(),
                        ContinueRequest.toolResult(ContentBlock.toolResult("call_1", "sun"))
                                .build())
                .await();

        assertThat(fake.requests().get(0).text()).contains("\"tool_choice\"");
        assertThat(fake.requests().get(1).text()).contains("\"weather\"").doesNotContain("\"tool_choice\"");
    }

    @Test
    void theResultOfACallThatNobodyMadeIsRefused() {
        fake.answer(Answer.toolCall("call_1", "weather", "{}"));
        Session session = patchbay.launch(query("Hi").tool(WEATHER).build());
        session.await();
        ContinueRequest wrong = ContinueRequest.toolResult(ContentBlock.toolResult("call_2", "sun"))
                .build();

        assertThatThrownBy(() -> patchbay.continueSession(session.id(), wrong))
                .isInstanceOf(SessionStateException.class)
                .hasMessageContaining("call_2")
                .hasMessageContaining("call_1");
        LaunchRequest.Builder launch = LaunchRequest.content(ContentBlock.toolResult("call_3", "sun"));
        assertThatThrownBy(launch::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("call_3");
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void aTalkKeepsItsFirstTitleUntilAnotherIsGiven() {
        Session first = patchbay.launch(query("What is Rome?").build());
        first.await();
        Session second = patchbay.continueSession(
                first.id(), ContinueRequest.query("And now?").build());
        second.await();
        assertThat(second.record().title()).isEqualTo("What is Rome?");
        Session third = patchbay.continueSession(
                second.id(), ContinueRequest.query("More").title("Cities").build());
        assertThat(third.await().session().title()).isEqualTo("Cities");
    }

    @Test
    void anEndedSessionIsChangedAndForgotten() {
        Session session = patchbay.launch(query("Hi").build());
        session.await();
        SessionRecord changed = patchbay.update(
                session.id(), UpdateRequest.builder().model("other").title("T").build());
        assertThat(changed.model()).contains("other");
        assertThat(store.find(session.id()).orElseThrow().title()).isEqualTo("T");

        assertThat(patchbay.forget(session.id())).isTrue();
        assertThat(store.find(session.id())).isEmpty();
        assertThatThrownBy(() -> patchbay.continueSession(
                        session.id(), ContinueRequest.query("more").build()))
                .isInstanceOf(SessionStateException.class)
                .hasMessageContaining("there is no session");
    }

    @Test
    void aRunningSessionIsNotForgotten() {
        fake.answer(Answer.silence());
        Session session = patchbay.launch(query("Hi").build());
        assertThatThrownBy(() -> patchbay.forget(session.id())).isInstanceOf(SessionStateException.class);
    }

    @Test
    void aKeyThatWasGivenIsInheritedInThisProcessAndMissedInAnother() {
        Session session = patchbay.launch(LaunchRequest.query("Hi")
                .provider("own")
                .proxyEnabled(true)
                .proxyBaseUrl(fake.baseUrl("/v1").toString())
                .proxyApiKey("canary-of-a-session")
                .proxyModelOverride("m")
                .build());
        session.await();
        ContinueRequest more = ContinueRequest.query("more").build();
        patchbay.continueSession(session.id(), more).await();
        assertThat(fake.requests().get(1).header("authorization")).contains("Bearer canary-of-a-session");

        try (Patchbay another = patchbay(store)) {
            assertThatThrownBy(() -> another.continueSession(session.id(), more))
                    .isInstanceOf(SessionStateException.class)
                    .hasMessageContaining("proxyApiKey");
            another.continueSession(
                            session.id(),
                            ContinueRequest.query("more")
                                    .proxyApiKey("another-canary")
                                    .build())
                    .await();
        }
        assertThat(fake.requests().get(2).header("authorization")).contains("Bearer another-canary");
    }

    private static LaunchRequest.Builder query(String text) {
        return LaunchRequest.query(text).provider("local");
    }

    private Patchbay patchbay(SessionStore sessions) {
        return Patchbay.builder()
                .withoutDiscovery()
                .store(sessions)
                .definition(Definition.builder("local")
                        .baseUrl(fake.baseUrl("/v1"))
                        .auth(Auth.NONE)
                        .defaultModel("m")
                        .build())
                .definition(Definition.builder("messages")
                        .dialect("anthropic-messages")
                        .baseUrl(fake.baseUrl(""))
                        .auth(Auth.NONE)
                        .defaultModel("m")
                        .build())
                .build();
    }
}
