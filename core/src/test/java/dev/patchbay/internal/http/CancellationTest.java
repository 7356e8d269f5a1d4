package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelling closes the upstream connection within a second, whatever the upstream is doing. */
@Timeout(20)
class CancellationTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ChatFixture chat = new ChatFixture();
    private final FakeProvider fake = chat.fake;

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void endsAnAnswerWhileTheUpstreamIsSilent() {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("one", "two").holdAfter(2, gate));
        ChatStream stream = patientStream();
        CompletableFuture<ProviderException> reader = read(stream);
        gate.awaitReached(LONG);

        stream.close();

        fake.awaitClientGone(SECOND);
        assertThat(reader.join().kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void endsTheWaitForAnAnswer() {
        fake.answer(Answer.silence());
        ChatStream stream = patientStream();
        CompletableFuture<ProviderException> reader = read(stream);
        fake.takeRequest(LONG);

        stream.close();

        fake.awaitClientGone(SECOND);
        assertThat(reader.join().kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void endsTheReadingOfAWholeBody() {
        Gate gate = Gate.closed();
        fake.answer(Answer.json(200, "{}").holdBody(gate));
        ChatStream stream = patientStream();
        CompletableFuture<ProviderException> reader = read(stream);
        gate.awaitReached(LONG);

        stream.close();

        fake.awaitClientGone(SECOND);
        assertThat(reader.join().kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void endsTheWaitForARetry() throws InterruptedException {
        fake.answer(Answer.error(429, "rate_limit_exceeded", "slow down").header("retry-after", "30"));
        CountDownLatch waiting = new CountDownLatch(1);
        ChatStream stream = chat
                .providers
                .connect(
                        RouteResolver.resolve(
                                chat.definition().http(HttpSettings.DEFAULT).build(), RouteOverrides.none()),
                        (attempt, wait, why) -> waiting.countDown())
                .stream(ChatFixture.request().build());
        CompletableFuture<ProviderException> reader = read(stream);
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

        stream.close();

        assertThat(reader.join().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void sendsNothingOnceClosed() {
        ChatStream stream = patientStream();

        stream.close();

        assertThat(catchThrowableOfType(ProviderException.class, stream::next).kind())
                .isEqualTo(Kind.CANCELLED);
        assertThat(fake.connections()).isZero();
    }

    @Test
    void endsEveryAnswerWhenTheClientsAreClosed() {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("one", "two").holdAfter(2, gate));
        CompletableFuture<ProviderException> reader = read(patientStream());
        gate.awaitReached(LONG);

        chat.clients.close();

        fake.awaitClientGone(SECOND);
        assertThat(reader.join().kind()).isEqualTo(Kind.CANCELLED);
    }

    private ChatStream patientStream() {
        return chat.stream(chat.definition().http(HttpSettings.DEFAULT).build());
    }

    private static CompletableFuture<ProviderException> read(ChatStream stream) {
        return CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(ProviderException.class, () -> ChatFixture.text(stream)));
    }
}
