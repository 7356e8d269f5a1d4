package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The part of {@link DialectContract} that is about what goes wrong at the provider. */
public abstract class DialectFailures extends DialectFixture {

    @TestFactory
    Stream<DynamicTest> mapsStatuses() {
        return StatusKinds.EXPECTED.entrySet().stream()
                .map(expected -> dynamicTest(
                        expected.getKey() + " is " + expected.getValue(),
                        () -> mapsStatus(expected.getKey(), expected.getValue())));
    }

    void mapsStatus(int status, Kind kind) {
        assumeNetwork();
        fake().answer(refusing(status, "refused because"));

        ProviderException failure = failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).hasValue(status);
        assertThat(failure).hasMessageContaining("refused because");
    }

    @Test
    void honoursRetryAfter() {
        assumeNetwork();
        fake().answer(refusing(429, "slow down").header("Retry-After", "7"));

        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void showsNoMarkupOfErrorPages() {
        assumeNetwork();
        fake().answer(Answer.html(502));

        ProviderException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.SERVER);
        assertThat(failure.getMessage()).isNotBlank().doesNotContain("<", ">");
    }

    @Test
    void failsWhereTheAnswerCannotBeRead() {
        assumeNetwork();
        fake().enqueue(Answer.html(200), Answer.status(200), Answer.json(200, "[[["));

        assertThat(failure().kind()).as("a page").isEqualTo(Kind.SERVER);
        assertThat(failure().kind()).as("an empty body").isEqualTo(Kind.SERVER);
        assertThat(failure().kind()).as("garbage").isEqualTo(Kind.SERVER);
    }

    @Test
    void failsWhereTheAnswerBreaksOff() {
        assumeNetwork();
        fake().answer(answering("first", "second").cutBefore("second"));

        assertThat(failure().kind()).isEqualTo(Kind.SERVER);
    }

    @Test
    void failsWithoutAnAnswer() {
        assumeNetwork();
        fake().answer(Answer.resetBeforeHead());
        assertThat(failure().kind()).as("a reset").isEqualTo(Kind.NETWORK);

        try (ClosedPort port = ClosedPort.open();
                ChatClient client = connectTo(port.baseUrl(basePath()), Map.of())) {
            assertThat(Streams.failure(client, request()).kind())
                    .as("nobody there")
                    .isEqualTo(Kind.NETWORK);
        }
    }

    @Test
    void followsNoRedirect() {
        assumeNetwork();
        try (FakeProvider other = FakeProvider.start()) {
            fake().answer(Answer.redirect(other.baseUrl(basePath())));

            assertThat(failure()).isNotNull();

            assertThat(other.connections()).isZero();
        }
    }

    private ProviderException failure() {
        try (ChatClient client = connect()) {
            return Streams.failure(client, request());
        }
    }
}
