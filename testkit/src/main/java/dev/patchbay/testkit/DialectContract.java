package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Option;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What every dialect must do; extend it and say what {@link DialectFixture} asks for. The tests are those of a host that
 * trusts nothing: order of events, errors by kind, cancellation, secrets.
 *
 * <pre>{@code
 * class EchoDialectContractTest extends DialectContract {
 *     @Override
 *     protected Dialect dialect() {
 *         return new EchoDialect();
 *     }
 * }
 * }</pre>
 *
 * <p>Tests that need a provider are skipped for a dialect that {@linkplain dev.patchbay.spi.Dialect#needsBaseUrl opens no
 * connection}.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class DialectContract extends DialectContents {

    @Test
    void describesItselfWell() {
        DialectDescription.check(dialect());
    }

    @TestFactory
    Stream<DynamicTest> everyOptionHasAnEffect() {
        return dialect().options().stream().map(option -> dynamicTest(option.name(), () -> hasAnEffect(option)));
    }

    void hasAnEffect(Option option) {
        OptionCase example = optionCases().get(option.name());
        if (example == null) {
            throw new AssertionError("optionCases() has no case for " + option.name());
        }
        DialectDescription.checkValue(option, example.value());
        Map<String, Object> options = Map.of(option.name(), example.value());
        assertThat(dialect().validate(definition(options))).isEmpty();
        assumeNetwork();
        fake().answer(answering("fine"));
        try (ChatClient client = connect(options)) {
            Transcript.of(client.stream(request()));
        }
        List<RecordedRequest> requests = fake().requests();
        example.effect().accept(requests.get(requests.size() - 1));
    }

    @Test
    void doesNothingBeforeARequestIsMade() {
        TestDefinition definition = definition();
        TestContext context = context(fake().baseUrl(basePath()), Map.of());

        assertThat(dialect().validate(definition)).isEmpty();
        dialect().connect(definition, context).close();

        assertThat(fake().connections()).as("connections made by connect").isZero();
        assertThat(context.secretsAsked()).as("secrets resolved by connect").isZero();
    }

    @Test
    void answersInOrder() {
        fake().answer(answering("Hello ", "wörld"));

        try (ChatClient client = connect()) {
            String text = Transcript.of(client.stream(request())).text();

            assertThat(text).isNotEmpty();
            if (hasNetwork()) {
                assertThat(text).isEqualTo("Hello wörld");
            }
        }
    }

    @Test
    void sendsModelAndQuestion() {
        assumeNetwork();
        fake().answer(answering("fine"));

        try (ChatClient client = connect()) {
            Transcript.of(client.stream(request()));
        }

        List<RecordedRequest> requests = fake().requests();
        assertThat(requests)
                .as("the model, exactly as the request names it")
                .anyMatch(sent -> carries(sent, request().model()));
        assertThat(requests).as("the question").anyMatch(sent -> carries(sent, "contract question"));
    }

    @Test
    void handsOnWhatArrivesAtOnce() {
        assumeNetwork();
        Gate gate = Gate.closed();
        fake().answer(answering("first ", "second").holdBefore("second", gate));

        try (ChatClient client = connect();
                ChatStream stream = client.stream(request())) {
            assertThat(Streams.firstText(stream, patience())).isEqualTo("first ");
            gate.open();
            assertThat(Streams.firstText(stream, patience())).isEqualTo("second");
        }
    }

    @Test
    void readsCharactersThatArriveTorn() {
        assumeNetwork();
        fake().answer(answering("ä", "漢字 🙂").inFragmentsOf(1));

        try (ChatClient client = connect()) {
            assertThat(Transcript.of(client.stream(request())).text()).isEqualTo("ä漢字 🙂");
        }
    }

    @Test
    void servesSeveralThreads() {
        fake().answer(answering("Hello ", "all"));

        try (ChatClient client = connect()) {
            CompletableFuture<?>[] threads = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> Transcript.of(client.stream(request())).text()))
                    .map(future -> future.thenAccept(text -> assertThat(text).isNotEmpty()))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(threads).join();
        }
    }

    @Test
    void closingAStreamEndsTheExchange() {
        assumeNetwork();
        fake().answer(answering("first ", "second").holdBefore("second", Gate.closed()));

        try (ChatClient client = connect()) {
            ChatStream stream = client.stream(request());
            Streams.firstText(stream, patience());
            stream.close();

            assertThat(fake().awaitClientGone(patience())).isNotNull();
        }
    }

    @Test
    void closingAStreamEndsAPullThatWaits() {
        assumeNetwork();
        Gate gate = Gate.closed();
        fake().answer(answering("first ", "second").holdBefore("second", gate));

        try (ChatClient client = connect()) {
            ChatStream stream = client.stream(request());
            Streams.firstText(stream, patience());
            CompletableFuture<Optional<ChatEvent>> waiting = CompletableFuture.supplyAsync(() -> Streams.drain(stream));
            gate.awaitReached(patience());
            stream.close();

            assertThatCode(() -> waiting.handle((event, failure) -> Streams.onlyProviderException(failure))
                            .get(patience().toMillis(), TimeUnit.MILLISECONDS))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void closingTheClientEndsItsStreams() {
        assumeNetwork();
        fake().answer(answering("first ", "second").holdBefore("second", Gate.closed()));

        ChatClient client = connect();
        Streams.firstText(client.stream(request()), patience());
        client.close();

        assertThat(fake().awaitClientGone(patience())).isNotNull();
    }

    @Test
    void closingTwiceIsFine() {
        fake().answer(answering("fine"));

        ChatClient client = connect();
        ChatStream ended = client.stream(request());
        Transcript.of(ended);
        ChatStream open = client.stream(request());

        assertThatCode(() -> {
                    ended.close();
                    open.close();
                    open.close();
                    client.close();
                    client.close();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void keepsSecretsToItself() {
        Leaks leaks = new Leaks(CANARY);

        leaks.watch(() -> {
            try (ChatClient client = connect()) {
                fake().answer(answering("fine"));
                ChatStream stream = client.stream(request());
                leaks.add("the events", Transcript.of(stream));
                leaks.add("the stream", stream);
                leaks.add("the client", client);
                if (hasNetwork()) {
                    fake().enqueue(refusing(401, "no"), Answer.html(500), Answer.resetBeforeHead(), Answer.status(200));
                    for (int i = 0; i < 4; i++) {
                        leaks.add("an exception", Streams.failure(client, request()));
                    }
                }
            }
        });

        leaks.add("the dialect", dialect());
        fake().requests().forEach(request -> leaks.add("the URL", request.target()));
        leaks.assertNone();
    }

    @Test
    void asksNoContextClassLoader() {
        fake().answer(answering("fine"));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new HostileLoader());
        try (ChatClient client = connect()) {
            assertThat(Transcript.of(client.stream(request())).text()).isNotEmpty();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
