package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract passes a good dialect and catches each mistake. */
class DialectContractTest {

    @Nested
    class PassesAGoodDialect extends LineDialectContract {
        @Override
        protected Dialect dialect() {
            return new LineDialect();
        }
    }

    private static Arguments caught(LineDialect.Mistake mistake, Consumer<DialectContract> by) {
        return Arguments.of(mistake, by);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                caught(LineDialect.Mistake.CALLS_AT_CONNECT, DialectContract::doesNothingBeforeARequestIsMade),
                caught(
                        LineDialect.Mistake.RESOLVES_SECRETS_AT_CONNECT,
                        DialectContract::doesNothingBeforeARequestIsMade),
                caught(LineDialect.Mistake.PRINTS_SECRET, DialectContract::keepsSecretsToItself),
                caught(LineDialect.Mistake.SHOWS_SECRET_IN_ERROR, DialectContract::keepsSecretsToItself),
                caught(LineDialect.Mistake.ASKS_CONTEXT_LOADER, DialectContract::asksNoContextClassLoader),
                caught(LineDialect.Mistake.FORGETS_STATUS, contract -> contract.mapsStatus(404, Kind.NOT_FOUND)),
                caught(LineDialect.Mistake.FORGETS_RETRY_AFTER, DialectContract::honoursRetryAfter),
                caught(LineDialect.Mistake.SHOWS_MARKUP, DialectContract::showsNoMarkupOfErrorPages),
                caught(LineDialect.Mistake.TAKES_ANY_END, DialectContract::failsWhereTheAnswerBreaksOff),
                caught(LineDialect.Mistake.WAITS_FOR_THE_WHOLE_ANSWER, DialectContract::handsOnWhatArrivesAtOnce),
                caught(LineDialect.Mistake.FORGETS_TO_CLOSE, DialectContract::closingAStreamEndsTheExchange),
                caught(LineDialect.Mistake.CLOSES_ONCE, DialectContract::closingTwiceIsFine),
                caught(LineDialect.Mistake.SHARES_STATE_OF_CLIENT, DialectContract::closingTheClientEndsItsStreams),
                caught(
                        LineDialect.Mistake.IGNORES_OPTION,
                        contract -> contract.hasAnEffect(
                                contract.dialect().options().get(0))),
                caught(LineDialect.Mistake.THROWS_ANYTHING, DialectContract::failsWithoutAnAnswer),
                caught(LineDialect.Mistake.FOLLOWS_REDIRECTS, DialectContract::followsNoRedirect));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void catches(LineDialect.Mistake mistake, Consumer<DialectContract> by) {
        assertThat(failureOf(new LineDialect(), by, Duration.ofSeconds(5))).isNull();
        assertThat(failureOf(new LineDialect(mistake), by, Duration.ofMillis(200)))
                .isNotNull();
    }

    @Test
    void understandsAProtocolThatEncodesItsTexts() {
        Dialect encoding = sending(body -> URLEncoder.encode(body, UTF_8));

        assertThat(failureOf(encoding, DialectContract::sendsModelAndQuestion, Duration.ofSeconds(5)))
                .isNull();
    }

    @Test
    void catchesADialectThatSendsAnotherModel() {
        Dialect rounding = sending(body -> body.replace("-1.5", "-1"));

        assertThat(failureOf(rounding, DialectContract::sendsModelAndQuestion, Duration.ofSeconds(5)))
                .hasMessageContaining("the model");
    }

    /** The dialect of the tests with its bodies changed on the way. */
    private static Dialect sending(UnaryOperator<String> change) {
        return new LineDialect() {
            @Override
            public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
                HttpTransport changing = call -> context.http()
                        .send(HttpCall.post(
                                call.uri(),
                                change.apply(new String(call.body(), UTF_8)).getBytes(UTF_8)));
                return super.connect(definition, new ProviderContext() {
                    @Override
                    public HttpTransport http() {
                        return changing;
                    }

                    @Override
                    public Secret secret(SecretRef reference) {
                        return context.secret(reference);
                    }

                    @Override
                    public Clock clock() {
                        return context.clock();
                    }
                });
            }
        };
    }

    private static Throwable failureOf(Dialect dialect, Consumer<DialectContract> test, Duration patience) {
        DialectContract contract = new LineDialectContract() {
            @Override
            protected Dialect dialect() {
                return dialect;
            }

            @Override
            protected Duration patience() {
                return patience;
            }
        };
        try {
            test.accept(contract);
            return null;
        } catch (Throwable e) {
            return e;
        } finally {
            contract.stopProvider();
        }
    }
}
