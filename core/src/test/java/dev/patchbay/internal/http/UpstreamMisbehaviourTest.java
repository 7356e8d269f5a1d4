package dev.patchbay.internal.http;

import static dev.patchbay.internal.http.ChatFixture.CANARY;
import static dev.patchbay.internal.http.ChatFixture.impatientForMore;
import static dev.patchbay.internal.http.ChatFixture.impatientForTheHead;
import static dev.patchbay.internal.http.ChatFixture.printed;
import static dev.patchbay.internal.http.ChatFixture.quick;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.route.TestSecret;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever an upstream does: no hang, and a failure with the right kind, status, message and advice. */
@Timeout(30)
class UpstreamMisbehaviourTest {

    private final ChatFixture chat = new ChatFixture();
    private final FakeProvider fake = chat.fake;

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void refuses() throws IOException {
        try (ClosedPort port = ClosedPort.open()) {
            ProviderException failure =
                    failure(chat.definition().baseUrl(port.baseUrl("/v1")).build());

            assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
            assertThat(failure).hasMessageContaining("refused the connection");
            assertThat(failure.help()).isPresent();
        }
    }

    @Test
    void resets() {
        ProviderException failure = failure(Answer.resetBeforeHead());

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure).hasMessageContaining("broke the connection before it answered");
    }

    @Test
    void resetsInsideTheAnswer() {
        ProviderException failure = failure(Answer.text("one", "two", "three").resetAfter(2));

        assertThat(failure.kind()).isEqualTo(Kind.SERVER);
        assertThat(failure.status()).as("it said 200").isEmpty();
        assertThat(failure).hasMessageContaining("ended before completion");
    }

    @Test
    void isSilent() {
        ProviderException failure = failure(impatientForTheHead(), Answer.silence());

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("no answer from " + fake.baseUrl() + " within 300ms");
        assertThat(failure.help().orElseThrow()).contains("http.firstByteTimeout");
    }

    @Test
    void stallsInsideTheAnswer() {
        ProviderException failure =
                failure(impatientForMore(), Answer.text("one", "two").holdAfter(2, Gate.closed()));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("sent nothing for 300ms");
        assertThat(failure.help().orElseThrow()).contains("http.idleTimeout");
        fake.awaitClientGone(Duration.ofSeconds(1));
    }

    @Test
    void stallsBetweenHeadAndBody() {
        ProviderException failure =
                failure(impatientForMore(), Answer.text("one").holdBody(Gate.closed()));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void stallsInsideAnErrorsBody() {
        ProviderException failure = failure(
                impatientForMore(), Answer.error(500, "server_error", "boom").holdBody(Gate.closed()));

        assertThat(failure.kind()).isEqualTo(Kind.SERVER);
        assertThat(failure.status()).hasValue(500);
    }

    @Test
    void sendsAPageWithAnError() {
        ProviderException failure = failure(Answer.html(503));

        assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(failure.status()).hasValue(503);
        assertThat(failure).hasMessage("upstream returned HTTP 503 without a readable error body");
        assertThat(failure.help().orElseThrow())
                .contains(fake.baseUrl("/v1/chat/completions").toString());
    }

    @Test
    void sendsAPageAsASuccess() {
        ProviderException failure = failure(Answer.html(200));

        assertThat(failure.kind()).isEqualTo(Kind.SERVER);
        assertThat(failure.status()).as("it said 200").isEmpty();
        assertThat(failure).hasMessageContaining("web page");
        assertThat(failure.help().orElseThrow()).contains("baseUrl must be");
    }

    @Test
    void sendsHalfAnEvent() {
        ProviderException failure = failure(Answer.text("one", "two").cutInside(2));

        assertThat(failure.kind()).isEqualTo(Kind.SERVER);
        assertThat(failure.status()).as("it said 200").isEmpty();
        assertThat(failure).hasMessageContaining("ended before completion");
    }

    @Test
    void sendsHalfAHead() {
        ProviderException failure = failure(impatientForTheHead(), Answer.halfHead());

        assertThat(failure.kind()).isIn(Kind.NETWORK, Kind.TIMEOUT);
    }

    @Test
    void sendsNothingAtAll() {
        ProviderException failure = failure(Answer.sse());

        assertThat(failure.kind()).isEqualTo(Kind.SERVER);
        assertThat(failure.status()).as("it said 200").isEmpty();
    }

    @Test
    void doesNotKnowTheKey() {
        ProviderException failure = failure(Answer.error(401, "invalid_api_key", "Incorrect API key provided"));

        assertThat(failure.kind()).isEqualTo(Kind.AUTH);
        assertThat(failure.status()).hasValue(401);
        assertThat(failure).hasMessage("Incorrect API key provided");
        assertThat(failure.help().orElseThrow())
                .contains("$FAKE_KEY at test.yaml:3:13")
                .contains(fake.baseUrl().toString())
                .contains("https://fake.example/keys");
    }

    @Test
    void wantsAKeyWhereNoneIsNamed() {
        fake.answer(Answer.error(401, "invalid_api_key", "no key"));

        ProviderException failure = failure(chat.definition().auth(Auth.NONE).build());

        assertThat(failure.help().orElseThrow()).contains("no key was sent").contains("apiKey: $NAME");
    }

    @Test
    void hasNoSuchAddress() {
        ProviderException failure = failure(Answer.status(404));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure.help().orElseThrow())
                .contains("POST " + fake.baseUrl("/v1/chat/completions"))
                .contains("baseUrl");
    }

    @Test
    void limitsTheRate() {
        ProviderException failure =
                failure(Answer.error(429, "rate_limit_exceeded", "slow down").header("Retry-After", "7"));

        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMIT);
        assertThat(failure.status()).hasValue(429);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure.help().orElseThrow()).contains("7 s");
    }

    @Test
    void wantsMoney() {
        ProviderException failure = failure(Answer.error(402, "billing", "Insufficient Balance"));

        assertThat(failure.kind()).isEqualTo(Kind.QUOTA);
        assertThat(failure.help().orElseThrow()).contains("credit").contains("https://fake.example/keys");
    }

    @Test
    void fails() {
        ProviderException failure = failure(Answer.error(500, "server_error", "boom"));

        assertThat(failure.kind()).isEqualTo(Kind.SERVER);
        assertThat(failure.status()).hasValue(500);
        assertThat(failure).hasMessage("boom");
        assertThat(failure.help().orElseThrow()).contains("the provider failed").doesNotContain("whether it is up");
    }

    @Test
    void namesThePageThatSaysWhetherTheProviderIsUp() {
        fake.answer(Answer.error(503, "overloaded_error", "overloaded"));
        ProviderException failure = failure(chat.definition()
                .http(quick(0))
                .statusUrl("https://status.fake.example")
                .build());

        assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(failure.help().orElseThrow()).endsWith("; whether it is up: https://status.fake.example");
    }

    @Test
    void refusesAParameter() {
        ProviderException failure = failure(
                Answer.error(400, "invalid_request_error", "Unrecognized request argument supplied: stream_options"));

        assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(failure.help().orElseThrow()).endsWith("quirks: {streamUsage: false}");
    }

    @Test
    void redirects() {
        try (FakeProvider other = FakeProvider.start()) {
            URI elsewhere = other.baseUrl("/v1/chat/completions");
            ProviderException failure = failure(Answer.redirect(elsewhere));

            assertThat(failure).hasMessageContaining("sends requests to " + other.baseUrl());
            assertThat(failure.help().orElseThrow()).contains("not followed");
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void sendsNotAByteWithoutTheSecret() {
        Definition definition =
                chat.definition().auth(Auth.bearer(TestSecret.unset("GONE"))).build();

        ProviderException failure = failure(definition);

        assertThat(failure.kind()).isEqualTo(Kind.AUTH);
        assertThat(failure.help()).isEmpty();
        assertThat(fake.connections()).isZero();
    }

    @Test
    void answersAfterRetries() {
        fake.enqueue(
                Answer.error(429, "rate_limit_exceeded", "slow down").header("retry-after-ms", "30"),
                Answer.error(503, "overloaded", "busy"));
        fake.answer(Answer.text("Hel", "lo"));

        String answer = chat.answer(chat.definition().http(quick(2)).build());

        assertThat(answer).isEqualTo("Hello");
        assertThat(fake.requests()).hasSize(3);
        assertThat(chat.waits).hasSize(2).first().isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void isNotAskedAgainOnceItsAnswerBegan() {
        fake.answer(Answer.text("one", "two", "three").resetAfter(2));

        failure(chat.definition().http(quick(2)).build());

        assertThat(fake.requests()).hasSize(1);
    }

    private ProviderException failure(Answer answer) {
        return failure(quick(0), answer);
    }

    private ProviderException failure(HttpSettings settings, Answer answer) {
        fake.answer(answer);
        return failure(chat.definition().http(settings).build());
    }

    private ProviderException failure(Definition definition) {
        ProviderException failure = chat.failure(definition);
        assertThat(failure).isNotNull();
        assertThat(printed(failure)).doesNotContain(CANARY);
        return failure;
    }
}
