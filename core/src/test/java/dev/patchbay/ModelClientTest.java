package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.client.ModelClient;
import dev.patchbay.client.ModelResponse;
import dev.patchbay.client.ModelStream;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.Model;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionResult;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ModelInfo;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client says of an answer, of models and of tokens. */
@Timeout(60)
final class ModelClientTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();
    private final FakeProvider spare = FakeProvider.start();
    private Patchbay patchbay = Patchbay.builder().withoutDiscovery().build();

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("providers.yaml"), """
                version: 1
                defaultProvider: main
                providers:
                  main:
                    baseUrl: %s
                    apiKey: $MAIN_KEY
                    defaultModel: usual
                    aliases: {fast: quick}
                    models:
                      quick: {upstreamId: org/quick-1, context: 1000, price: {input: 2, output: 10, cacheRead: 1}}
                      usual: {}
                    http: {retries: {max: 0}}
                    fallback: [{to: spare, when: [overloaded]}]
                  spare:
                    baseUrl: %s
                    dialect: anthropic-messages
                    apiKey: $SPARE_KEY
                    defaultModel: spare-model
                  telling: {dialect: telling-dialect, auth: none}
                """.formatted(fake.baseUrl("/v1"), spare.baseUrl("/v1")));
        patchbay = Patchbay.builder()
                .withoutDiscovery()
                .config(folder)
                .plugin(new TellingPlugin())
                .environment(Map.of("MAIN_KEY", "canary-of-main", "SPARE_KEY", "canary-of-spare"))
                .build();
    }

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
        spare.close();
    }

    private static ChatRequest question() {
        return ChatRequest.builder("").message(ChatMessage.user("Hi")).build();
    }

    private static List<Object> asked(FakeProvider provider) {
        return provider.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> request.member("model").orElse("none"))
                .toList();
    }

    @Test
    void saysWhoAnsweredWithWhichUsageAndCost() {
        fake.answer(Answer.text("Hel", "lo").usage(1_000, 500, 100));

        ModelResponse answer = patchbay.client("fast").ask(question());

        assertThat(answer.provider()).isEqualTo("main");
        assertThat(answer.modelId()).isEqualTo("org/quick-1");
        assertThat(answer.text()).isEqualTo("Hello");
        assertThat(answer.usage().inputTokens()).hasValue(1_000);
        assertThat(answer.usage().cacheReadTokens()).hasValue(500);
        assertThat(answer.usage().outputTokens()).hasValue(100);
        assertThat(answer.costUsd()).hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.0035"));
        assertThat(answer.stopReason()).isPresent();
    }

    @Test
    void aFallbackThatCannotBeAskedIsToldWithTheFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("lost.yaml"), """
                providers:
                  lost: {baseUrl: "%1$s", auth: none, fallback: [{to: bare, when: [server]}], http: {retries: {max: 0}}}
                  bare: {baseUrl: "%1$s", auth: none}
                """.formatted(fake.baseUrl("/v1")));
        fake.answer(Answer.error(500, "server_error", "boom"));

        try (Patchbay lost = Patchbay.builder().withoutDiscovery().config(file).build()) {
            ProviderException failure = catchThrowableOfType(
                    ProviderException.class, () -> lost.client("lost/m").ask(question()));

            assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(passedOver -> assertThat(passedOver)
                            .isInstanceOf(ConfigurationException.class)
                            .hasMessageContaining("bare"));
        }
    }

    /** Whoever sends without end would fill the heap of the application that asks. */
    @Test
    void anAnswerLargerThanAnyModelGivesIsGivenUp() {
        fake.answer(Answer.text(Collections.nCopies(18, "x".repeat(1 << 20)).toArray(String[]::new)));

        ProviderException failure = catchThrowableOfType(
                ProviderException.class, () -> patchbay.client("fast").ask(question()));
        assertThat(failure.kind()).isEqualTo(ProviderException.Kind.SERVER);
        assertThat(failure).hasMessage("upstream answered with more than 16 MiB");

        SessionResult session =
                patchbay.launch(LaunchRequest.query("Hi").model("fast").build()).await();
        assertThat(session.error())
                .hasValueSatisfying(error -> assertThat(error.message()).contains("more than 16 MiB"));
    }

    @Test
    void saysThatAFallbackAnsweredAndMakesUpNoPrice() {
        fake.answer(Answer.error(529, "overloaded", "too many"));

        ModelResponse answer = patchbay.client("fast").ask(question());

        assertThat(answer.provider()).isEqualTo("spare");
        assertThat(answer.modelId()).isEqualTo("spare-model");
        assertThat(answer.costUsd()).isEmpty();
    }

    @Test
    void hasWhatCameBeforeAFailure() {
        fake.answer(Answer.text("one ", "two").cutBefore("two"));

        try (ModelStream stream = patchbay.client("fast").stream(question())) {
            assertThatThrownBy(() -> {
                        while (stream.next().isPresent()) {
                            assertThat(stream.provider()).isEqualTo("main");
                        }
                    })
                    .isInstanceOf(ProviderException.class);

            assertThat(stream.response().text()).isEqualTo("one ");
            assertThat(stream.response().stopReason()).isEmpty();
        }
    }

    @Test
    void asksOnceWhereNoStreamIsWanted() {
        ChatRequest whole = question().toBuilder().stream(false).build();

        assertThat(patchbay.client("fast").ask(whole).text()).isEqualTo(FakeProvider.DEFAULT_TEXT);

        assertThat(fake.onlyRequest().member("stream").orElse(false)).isEqualTo(false);
    }

    @Test
    void anotherModelIsOneOfTheSameProviderOrTakesItsOwnKeyAlong() {
        fake.answer("/models", Answer.json(200, "{\"data\":[{\"id\":\"org/listed\"}]}"));
        ModelClient client = patchbay.client("main/usual");

        client.at("fast").ask(question());
        client.at("any thing:free").ask(question());
        client.at("org/listed").ask(question());
        client.at("main/un/listed").ask(question());
        client.at("spare/m2").ask(question());
        patchbay.client("spare/").at("m3").ask(question());

        assertThat(asked(fake)).containsExactly("org/quick-1", "any thing:free", "org/listed", "un/listed");
        assertThat(asked(spare)).containsExactly("m2", "m3");
        assertThat(spare.sawAnywhere("canary-of-main")).isFalse();
        assertThat(fake.sawAnywhere("canary-of-spare")).isFalse();
    }

    @Test
    void anotherModelThatNobodyHasIsRefusedWithNamesThatAreNear() {
        ModelClient client = patchbay.client("spare/m");

        assertThatThrownBy(() -> client.at("mian/m"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("did you mean main?")
                .hasMessageContaining("spare/mian/m");

        assertThat(asked(fake)).isEmpty();
        assertThat(asked(spare)).isEmpty();
    }

    /** It would be shown with every session, and written to the store. */
    @Test
    void theAddressOfALaunchHoldsNotItsKey() {
        LaunchRequest request = LaunchRequest.query("Hi")
                .proxyEnabled(true)
                .proxyBaseUrl(fake.baseUrl("/canary-of-a-launch/v1").toString())
                .proxyApiKey("canary-of-a-launch")
                .proxyModelOverride("given")
                .build();

        assertThatThrownBy(() -> patchbay.client(request))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the base URL holds the key")
                .hasMessageNotContaining("canary");
        assertThat(asked(fake)).isEmpty();
    }

    @Test
    void anotherModelStaysAtAnAddressThatALaunchGave() {
        ModelClient given = patchbay.client(LaunchRequest.query("Hi")
                .proxyEnabled(true)
                .proxyBaseUrl(fake.baseUrl("/v9").toString())
                .proxyModelOverride("given")
                .build());

        given.at("other").ask(question());
        given.at("spare/m").ask(question());

        assertThat(asked(fake)).containsExactly("other");
        assertThat(fake.onlyRequest().path()).isEqualTo("/v9/chat/completions");
        assertThat(asked(spare)).containsExactly("m");
    }

    @Test
    void describesItsModelAndTheModelsOfAProvider() {
        Model fast = patchbay.client("fast").model();

        assertThat(fast.id()).isEqualTo("quick");
        assertThat(fast.upstreamId()).isEqualTo("org/quick-1");
        assertThat(fast.context()).hasValue(1_000);
        assertThat(fast.price().orElseThrow().input()).isPresent();
        assertThat(patchbay.models("main")).extracting(Model::id).containsExactly("quick", "usual");
        assertThatThrownBy(() -> patchbay.models("mian")).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void asksAProviderWithoutListedModelsForThem() {
        spare.answer("/models", Answer.json(200, "{\"data\":[{\"id\":\"s-1\",\"max_input_tokens\":5000}]}"));

        assertThat(patchbay.models("spare")).extracting(Model::id).contains("s-1");
        assertThat(patchbay.client("spare/").models().orElseThrow())
                .extracting(ModelInfo::id)
                .containsExactly("s-1");
    }

    @Test
    void asksThePluginsClientForModelsAndTokens() {
        ModelClient client = patchbay.client("telling/m");

        assertThat(client.models().orElseThrow()).extracting(ModelInfo::id).containsExactly("told-1");
        assertThat(client.models().orElseThrow().get(0).contextTokens()).hasValue(9_000);
        assertThat(client.countTokens(question())).hasValue(42);
        assertThat(patchbay.models("telling")).extracting(Model::id).contains("told-1");
    }

    @Test
    void countsWithTheProviderWhereItCanAndEstimatesElsewhere() {
        ChatRequest hot =
                question().toBuilder().temperature(1).stopSequence("x").build();

        assertThat(patchbay.client("spare/m").countTokens(hot)).hasValue(11);
        assertThat(spare.onlyRequest().path()).isEqualTo("/v1/messages/count_tokens");
        assertThat(spare.onlyRequest().member("model")).hasValue("m");
        assertThat(spare.onlyRequest().member("temperature")).isEmpty();
        assertThat(spare.onlyRequest().member("max_tokens")).isEmpty();

        assertThat(patchbay.client("fast").countTokens(hot)).isEmpty();
        assertThat(patchbay.client("fast").estimateTokens(hot)).isPositive();
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void anUpstreamThatCannotCountIsNoFailureAndAWrongKeyIs() {
        spare.enqueue(
                Answer.json(404, "{}"), Answer.json(200, "[]"), Answer.error(401, "auth", "canary-of-spare is wrong"));
        ModelClient client = patchbay.client("spare/m");

        assertThat(client.countTokens(question())).isEmpty();
        assertThat(client.countTokens(question())).isEmpty();
        ProviderException failure = catchThrowableOfType(ProviderException.class, () -> client.countTokens(question()));
        assertThat(failure.kind()).isEqualTo(ProviderException.Kind.AUTH);
        assertThat(failure).hasMessageNotContaining("canary");
    }

    @Test
    void anInterruptEndsTheCall() throws Exception {
        fake.answer(Answer.silence());
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        Thread asking = new Thread(() -> failed.complete(catchThrowableOfType(
                RuntimeException.class, () -> patchbay.client("fast").ask(question()))));
        asking.start();
        fake.takeRequest(SOON);

        asking.interrupt();

        assertThat(failed.get(30, TimeUnit.SECONDS)).isInstanceOf(ProviderException.class);
        fake.awaitClientGone(SOON);
    }

    /** Scenario E07: whoever tries thousands of models must not run out of threads. */
    @Test
    void tenThousandClientsHoldWhatAHundredHold() {
        use(0, 100);
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long heap = usedHeap();

        use(100, 10_000);

        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThanOrEqualTo(threads + 5);
        assertThat(usedHeap() - heap).isLessThan(4 << 20);
        assertThat(patchbay.registry().providers()).isNotEmpty();
    }

    private void use(int from, int to) {
        for (int i = from; i < to; i++) {
            ModelClient client = patchbay.client("main/m" + i);
            // Each is routed; to ask all of them would test the provider.
            if (i % 50 == 0) {
                client.ask(question());
            }
            assertThat(client.model().upstreamId()).isEqualTo("m" + i);
        }
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** Brings a dialect whose client can say what models there are. */
    private static final class TellingPlugin implements ProviderPlugin {

        @Override
        public String id() {
            return "telling";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(new TellingDialect());
        }
    }

    private static final class TellingDialect implements Dialect {

        @Override
        public String id() {
            return "telling-dialect";
        }

        @Override
        public boolean needsBaseUrl() {
            return false;
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            return new ChatClient() {
                @Override
                public ChatStream stream(ChatRequest request) {
                    throw new ProviderException(ProviderException.Kind.SERVER, "says nothing");
                }

                @Override
                public Optional<List<ModelInfo>> models() {
                    return Optional.of(List.of(
                            ModelInfo.builder("told-1").contextTokens(9_000).build()));
                }

                @Override
                public OptionalLong countTokens(ChatRequest request) {
                    return OptionalLong.of(42);
                }
            };
        }
    }
}
