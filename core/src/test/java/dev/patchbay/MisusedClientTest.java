package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.client.ModelClient;
import dev.patchbay.client.ModelException;
import dev.patchbay.client.ModelResponse;
import dev.patchbay.client.ModelStream;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionStateException;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Applications that share, close, interrupt and ship what they should or should not. */
@Timeout(60)
final class MisusedClientTest {

    private final FakeProvider fake = FakeProvider.start();
    private final Patchbay patchbay = open(fake);

    private static Patchbay open(FakeProvider provider) {
        return Patchbay.builder()
                .withoutDiscovery()
                .environment(Map.of())
                .definition(Definition.builder("a")
                        .baseUrl(provider.baseUrl("/v1"))
                        .auth(Auth.NONE)
                        .build())
                .build();
    }

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
    }

    private static ChatRequest question() {
        return ChatRequest.builder("").message(ChatMessage.user("Hi")).build();
    }

    @Test
    void whoeverAsksAClosedPatchbayIsToldSo() {
        ModelClient client = patchbay.client("a/m");

        patchbay.close();

        assertThatThrownBy(() -> client.ask(question())).hasMessage("this Patchbay is closed");
        assertThatThrownBy(() -> patchbay.client("a/m").ask(question())).hasMessage("this Patchbay is closed");
        assertThatThrownBy(() ->
                        patchbay.launch(LaunchRequest.query("Hi").model("a/m").build()))
                .isInstanceOf(SessionStateException.class)
                .hasMessage("this Patchbay is closed");
    }

    @Test
    void oneClientServesTwoHundredThreadsAndClosingLetsThemAllGo() throws Exception {
        ModelClient client = patchbay.client("a/m");
        ExecutorService threads = Executors.newFixedThreadPool(200);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(threads.submit(() -> client.ask(question()).text()));
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(FakeProvider.DEFAULT_TEXT);
        }

        fake.answer(Answer.silence());
        CountDownLatch asking = new CountDownLatch(200);
        List<Future<String>> unanswered = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            unanswered.add(threads.submit(() -> {
                asking.countDown();
                return client.ask(question()).text();
            }));
        }
        assertThat(asking.await(30, TimeUnit.SECONDS)).isTrue();
        patchbay.close();

        for (Future<String> answer : unanswered) {
            assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(ProviderException.class);
        }
        threads.shutdownNow();
    }

    @Test
    void twoInOneProcessHaveNothingInCommon() {
        try (FakeProvider other = FakeProvider.start();
                Patchbay second = open(other)) {
            other.answer(Answer.text("of the second"));
            assertThat(patchbay.client("a/m").ask(question()).text()).isEqualTo(FakeProvider.DEFAULT_TEXT);

            patchbay.close();

            assertThat(second.client("a/m").ask(question()).text()).isEqualTo("of the second");
            assertThat(other.requests()).hasSize(1);
        }
    }

    @Test
    void anAnswerThatIsClosedWhileAnotherThreadWaitsForItEnds() throws Exception {
        fake.answer(Answer.text("one ", "two").holdBefore("two", Gate.closed()));
        ModelStream stream = patchbay.client("a/m").stream(question());
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        new Thread(() -> {
                    try {
                        while (stream.next().isPresent()) {
                            begun.countDown();
                        }
                    } catch (Throwable thrown) {
                        failure.complete(thrown);
                    }
                })
                .start();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        stream.close();
        stream.close();

        assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(ProviderException.class);
        assertThatThrownBy(stream::next).isInstanceOf(ProviderException.class);
    }

    @Test
    void exceptionsTravelAsBytesWithWhatTheySay() throws Exception {
        ProviderException failure = ProviderException.builder(ProviderException.Kind.RATE_LIMIT, "slow down")
                .status(429)
                .retryAfter(Duration.ofSeconds(7))
                .help("wait")
                .build();

        ProviderException travelled = travel(failure);
        assertThat(travelled).hasMessage("slow down");
        assertThat(travelled.kind()).isEqualTo(failure.kind());
        assertThat(travelled.status()).hasValue(429);
        assertThat(travelled.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(travelled.help()).contains("wait");

        ModelException ours = ModelException.of(ModelResponse.builder("a", "m").build(), failure);
        ModelException shipped = travel(ours);
        assertThat(shipped).hasMessage(ours.getMessage());
        assertThat(shipped.failure().retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(shipped.response().provider()).isEqualTo("a");
        assertThat(shipped.response().modelId()).isEqualTo("m");
        assertThat(shipped.response().text()).isEmpty();
    }

    @Test
    void whatHadComeOfAnAnswerTravelsAlong() throws Exception {
        fake.answer(Answer.text("one ", "two").thenError("server_error", "broken"));
        try (ModelStream stream = patchbay.client("a/m").stream(question())) {
            ProviderException failure = catchThrowableOfType(ProviderException.class, () -> {
                while (stream.next().isPresent()) {
                    // Up to the failure.
                }
            });

            assertThat(travel(ModelException.of(stream, failure)).response().text())
                    .isEqualTo("one two");
        }
    }

    @Test
    void aConfigurationThatCannotBeUsedTravelsWithItsWords() throws Exception {
        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> patchbay.client("aa/m"));

        ConfigurationException travelled = travel(failure);

        assertThat(travelled).hasMessage(failure.getMessage());
        assertThat(travelled.diagnostics()).isEmpty();
    }

    @SuppressWarnings({"unchecked", "BanSerializableRead"})
    private static <T> T travel(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
