package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.registry.Reload;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client without a session (docs/design/sessions.md, section 1). */
@Timeout(60)
final class ClientTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();
    private final FakeProvider spare = FakeProvider.start();
    private final BlockingQueue<Reload> reloads = new LinkedBlockingQueue<>();
    private Patchbay patchbay = Patchbay.builder().withoutDiscovery().build();

    @BeforeEach
    void open() throws IOException {
        write(fake);
        patchbay = Patchbay.builder()
                .withoutDiscovery()
                .config(folder)
                .environment(Environment.of(Map.of("MAIN_KEY", "canary-of-main", "SPARE_KEY", "canary-of-spare")))
                .watch(reloads::add)
                .build();
    }

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
        spare.close();
    }

    private void write(FakeProvider at) throws IOException {
        Files.writeString(folder.resolve("providers.yaml"), """
                version: 1
                defaultProvider: main
                providers:
                  main:
                    baseUrl: %s
                    apiKey: $MAIN_KEY
                    defaultModel: usual
                    aliases: {fast: quick-1}
                    http: {retries: {max: 1, backoff: {initial: 1ms, max: 1ms}}}
                    fallback: [{to: spare, when: [overloaded]}]
                  spare:
                    baseUrl: %s
                    apiKey: $SPARE_KEY
                    defaultModel: spare-model
                """.formatted(at.baseUrl("/v1"), spare.baseUrl("/v1")));
    }

    static ChatRequest question() {
        return ChatRequest.builder("").message(ChatMessage.user("Hi")).build();
    }

    static String text(ChatStream stream) {
        StringBuilder text = new StringBuilder();
        try (stream) {
            for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                if (event.get() instanceof ChatEvent.TextDelta delta) {
                    text.append(delta.text());
                }
            }
        }
        return text.toString();
    }

    private static List<Object> asked(FakeProvider provider) {
        return provider.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> request.member("model").orElse("none"))
                .toList();
    }

    @Test
    void asksTheModelThatItsNameMeans() {
        assertThat(text(patchbay.client("main/some/model:free").stream(question())))
                .isEqualTo(FakeProvider.DEFAULT_TEXT);
        text(patchbay.client("fast").stream(question()));
        text(patchbay.client("spare/").stream(question()));
        text(patchbay.client("default/x").stream(question()));
        text(patchbay
                .client(LaunchRequest.query("Hi").provider("spare").model("m").build())
                .stream(question()));

        assertThat(asked(fake)).containsExactly("some/model:free", "quick-1", "x");
        assertThat(asked(spare)).containsExactly("spare-model", "m");
        assertThat(spare.sawAnywhere("canary-of-main")).isFalse();
    }

    @Test
    void refusesWhatNobodyNamed() {
        assertThatThrownBy(() -> patchbay.client("mian/model"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("did you mean main?");
        assertThatThrownBy(() -> patchbay.client("spare"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spare is a provider, and no model is named");
        assertThat(asked(fake)).isEmpty();
    }

    @Test
    void looksAtTheListOfTheDefaultProvider() {
        fake.answer("/models", Answer.json(200, "{\"data\":[{\"id\":\"org/model\"}]}"));

        text(patchbay.client("org/model").stream(question()));

        assertThat(asked(fake)).containsExactly("org/model");
    }

    @Test
    void triesAgainAndThenGoesOnWithAFallback() {
        fake.answer(Answer.error(529, "overloaded", "too many"));

        assertThat(text(patchbay.client("main/m").stream(question()))).isEqualTo(FakeProvider.DEFAULT_TEXT);

        assertThat(asked(fake)).hasSize(2);
        assertThat(asked(spare)).containsExactly("spare-model");
    }

    @Test
    void repeatsNoKeyThatTheProviderRepeats() {
        fake.answer(Answer.error(401, "auth", "canary-of-main is wrong"));

        ProviderException failure =
                catchThrowableOfType(ProviderException.class, () -> text(patchbay.client("main/m").stream(question())));

        assertThat(failure.kind()).isEqualTo(ProviderException.Kind.AUTH);
        assertThat(failure).hasMessageNotContaining("canary");
        assertThat(asked(spare)).isEmpty();
    }

    @Test
    void anAnswerThatHasBegunIsNeverReplaced() {
        fake.answer(Answer.text("one ", "two").cutBefore("two"));

        ChatStream stream = patchbay.client("main/m").stream(question());

        assertThatThrownBy(() -> text(stream)).isInstanceOf(ProviderException.class);
        assertThatThrownBy(stream::next).isInstanceOf(ProviderException.class);
        assertThat(asked(spare)).isEmpty();
    }

    @Test
    void servesManyThreadsAtOnce() {
        ChatClient client = patchbay.client("main/m");

        List<CompletableFuture<String>> answers = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> text(client.stream(question()))))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(FakeProvider.DEFAULT_TEXT));
        assertThat(asked(fake)).hasSize(40);
    }

    @Test
    void goesByTheFilesOfItsMoment() throws Exception {
        ChatClient client = patchbay.client("main/m");
        text(client.stream(question()));

        write(spare);
        assertThat(reloads.poll(10, TimeUnit.SECONDS)).isNotNull();
        text(client.stream(question()));

        assertThat(asked(fake)).hasSize(1);
        assertThat(asked(spare)).containsExactly("m");
    }

    @Test
    void closingAnythingEndsTheCall() throws Exception {
        fake.answer(Answer.silence());
        ChatClient client = patchbay.client("main/m");
        for (int i = 0; i < 2; i++) {
            boolean whole = i == 1;
            ChatStream stream = client.stream(question());
            CompletableFuture<Throwable> failed =
                    CompletableFuture.supplyAsync(() -> catchThrowableOfType(ProviderException.class, stream::next));
            fake.takeRequest(SOON);

            if (whole) {
                client.close();
            } else {
                stream.close();
            }

            assertThat(((ProviderException) failed.get(5, TimeUnit.SECONDS)).kind())
                    .isEqualTo(ProviderException.Kind.CANCELLED);
            fake.awaitClientGone(SOON);
        }
        assertThat(asked(spare)).isEmpty();
        assertThatThrownBy(() -> client.stream(question()).next()).isInstanceOf(ProviderException.class);
    }
}
