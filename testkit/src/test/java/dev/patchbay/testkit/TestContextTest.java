package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.SecretRef;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestContextTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final FakeProvider fake = FakeProvider.start();
    private final TestContext context = TestContext.of(fake.baseUrl("/v1")).key("canary");

    @AfterEach
    void stop() {
        fake.close();
    }

    private HttpReply send() {
        return context.http()
                .send(HttpCall.post(fake.baseUrl("/v1/x"), "body".getBytes(UTF_8))
                        .header("X-Own", "1"));
    }

    @Test
    void addsTheKeyAtTheOriginOfTheProviderAlone() {
        try (FakeProvider other = FakeProvider.start()) {
            fake.answer(Answer.redirect(other.baseUrl("/v1")));
            assertThat(send().status()).isEqualTo(307);
            context.http().send(HttpCall.get(other.baseUrl("/v1"))).close();

            assertThat(fake.onlyRequest().header("Authorization")).contains("Bearer canary");
            assertThat(fake.onlyRequest().header("X-Own")).contains("1");
            assertThat(fake.onlyRequest().text()).isEqualTo("body");
            assertThat(other.onlyRequest().header("Authorization")).isEmpty();
            assertThat(other.sawAnywhere("canary")).isFalse();
        }
    }

    @Test
    void decodesCompressedBodies() throws Exception {
        fake.answer(Answer.json(200, "{\"a\":1}").gzip());

        try (HttpReply reply = send()) {
            assertThat(reply.header("content-type")).contains("application/json");
            assertThat(reply.body().readAllBytes()).asString(UTF_8).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void endsAReadThatWaitsWhenTheReplyIsClosed() throws Exception {
        Gate gate = Gate.closed();
        fake.answer(Answer.json(200, "{}").holdBody(gate));
        HttpReply reply = send();
        CompletableFuture<String> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return "read " + reply.body().read();
            } catch (IOException e) {
                return "ended";
            }
        });
        gate.awaitReached(SOON);

        reply.close();

        assertThat(reading.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("ended");
        assertThat(fake.awaitClientGone(SOON)).isNotNull();
    }

    @Test
    void failsWithoutAnAnswer() {
        fake.answer(Answer.closeBeforeHead());

        assertThatThrownBy(this::send)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.NETWORK))
                .hasMessageContaining("POST http://127.0.0.1:");
        assertThatThrownBy(() -> TestContext.withoutNetwork().http().send(HttpCall.get(fake.baseUrl())))
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void resolvesSecretsAndCountsHowOften() {
        SecretRef reference = new SecretRef("env", "KEY");
        TestContext withSecret = context.secret(reference, "hush");

        assertThat(withSecret.secret(reference).reveal()).isEqualTo("hush");
        assertThatThrownBy(() -> withSecret.secret(new SecretRef("env", "OTHER")))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("$OTHER");
        assertThat(withSecret.secretsAsked()).isEqualTo(2);
        assertThat(context.secretsAsked()).isZero();
    }

    @Test
    void lendsTheClockItWasGiven() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

        assertThat(context.clock(clock).clock()).isSameAs(clock);
    }
}
