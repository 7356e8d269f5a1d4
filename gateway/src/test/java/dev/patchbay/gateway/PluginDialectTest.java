package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.plugin.LoadedPlugins;
import dev.patchbay.internal.plugin.PluginLoader;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.DialectCodec;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Providers whose dialect a plugin brings. */
@Timeout(60)
class PluginDialectTest {

    private final GatewayFixture fixture = new GatewayFixture();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong made = new AtomicLong();
    private final Semaphore entered = new Semaphore(0);
    private final CountDownLatch release = new CountDownLatch(1);
    private final LoadedPlugins plugins = PluginLoader.builder()
            .withoutDiscovery()
            .plugin(new CountingPlugin(closed, made, entered, release))
            .build()
            .load();

    @AfterEach
    void close() {
        fixture.close();
        plugins.close();
    }

    private void start(String model) {
        start("counting", model, URI.create("http://localhost:1/v1"));
    }

    private void start(String provider, String model, URI blocking) {
        RegistrySnapshot registry = RegistrySnapshot.builder()
                .plugins(plugins.plugins())
                .definition(Definition.builder("blocking")
                        .dialect("blocking")
                        .baseUrl(blocking)
                        .defaultModel("any")
                        .build())
                .definition(Definition.builder("counting")
                        .dialect("counting")
                        .defaultModel(model)
                        .build())
                .build();
        fixture.start(() -> registry, builder -> builder.provider(provider));
    }

    @Test
    void answersEveryClient() {
        start("3");

        assertThat(fixture.post("/v1/messages", GatewayFixture.messages(false)).body())
                .contains("1 2 3 ");
        assertThat(fixture.post("/v1/messages", GatewayFixture.messages(true)).body())
                .contains("\"1 \"", "\"2 \"", "message_stop");
        assertThat(fixture.post("/v1/chat/completions", GatewayFixture.chat(true))
                        .body())
                .contains("\"content\":\"3 \"", "[DONE]");
        assertThat(fixture.post("/v1/messages/count_tokens", GatewayFixture.messages(false))
                        .body())
                .contains("input_tokens");
    }

    @Test
    void tellsItsFailures() {
        start("none");

        HttpResponse<String> answer = fixture.post("/v1/messages", GatewayFixture.messages(true));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("not_found_error", "no such number");
    }

    @Test
    void endsWhenTheClientLeaves() throws Exception {
        start("2000000000");
        try (InputStream body =
                fixture.open("/v1/messages", GatewayFixture.messages(true)).body()) {
            GatewayFixture.readUntil(body, "\"2 \"");
        }

        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** What a plugin made while its client does not read has to fit into buffers: it is a small part of the answer. */
    @Test
    void waitsForASlowReader() throws Exception {
        start("2000000000");
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post("/v1/messages", GatewayFixture.messages(true)));
            client.readSome();
            long held = settled();

            assertThat(held).as("events made for a reader that does not read").isLessThan(500_000);

            client.skip(8_000_000);
            assertThat(made.get()).as("events made once it reads on").isGreaterThan(held);
        }
    }

    /** A codec is a plugin's code as well, and may wait where it should not: other streams go on meanwhile. */
    @Test
    void aCodecThatBlocksHoldsNoOtherStreamUp() throws Exception {
        try (FakeProvider upstream = FakeProvider.start()) {
            upstream.answer(Answer.status(200).body("text/plain", "anything"));
            start("blocking", "5", upstream.baseUrl("/v1"));
            List<Thread> stuck = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Thread asking = new Thread(() -> fixture.post(
                        "/v1/messages", GatewayFixture.messages(true).replace("Hi", "wait")));
                asking.setDaemon(true);
                asking.start();
                stuck.add(asking);
            }
            assertThat(entered.tryAcquire(20, 30, TimeUnit.SECONDS))
                    .as("codecs that block")
                    .isTrue();

            for (int i = 0; i < 10; i++) {
                long started = System.nanoTime();
                assertThat(fixture.post("/v1/messages", GatewayFixture.messages(true))
                                .body())
                        .contains("\"5 \"");
                assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
            }
            assertThat(stuck).allMatch(Thread::isAlive);
            release.countDown();
            for (Thread asking : stuck) {
                asking.join(10_000);
                assertThat(asking.isAlive()).isFalse();
            }
        }
    }

    /** How many events were made, once no more are. */
    private long settled() throws InterruptedException {
        long before = -1;
        long now = made.get();
        while (now != before) {
            before = now;
            assertThat(new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS)).isFalse();
            now = made.get();
        }
        return now;
    }

    private record CountingPlugin(CountDownLatch closed, AtomicLong made, Semaphore entered, CountDownLatch release)
            implements ProviderPlugin {

        @Override
        public String id() {
            return "counting";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(new CountingDialect(closed, made), new BlockingDialect(entered, release));
        }
    }

    /** Counts up to the number that is the model's name. */
    private record CountingDialect(CountDownLatch closed, AtomicLong made) implements Dialect {

        @Override
        public String id() {
            return "counting";
        }

        @Override
        public boolean needsBaseUrl() {
            return false;
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            return request -> {
                if (request.model().equals("none")) {
                    throw new ProviderException(ProviderException.Kind.NOT_FOUND, "no such number");
                }
                return new Counting(Integer.parseInt(request.model()), closed, made);
            };
        }
    }

    /** Decodes no answer to a question with "wait" in it before it is allowed to. */
    private record BlockingDialect(Semaphore entered, CountDownLatch release) implements Dialect {

        @Override
        public String id() {
            return "blocking";
        }

        @Override
        public Optional<DialectCodec> codec(ProviderDefinition definition) {
            return Optional.of(new DialectCodec() {
                @Override
                public HttpCall encode(ChatRequest request, Function<SecretRef, Secret> secrets) {
                    return HttpCall.post(definition.baseUrl().orElseThrow(), new byte[] {1});
                }

                @Override
                public AnswerDecoder decoder(ChatRequest request, HttpHead reply) {
                    return new AnswerDecoder() {
                        @Override
                        public List<ChatEvent> decode(byte[] piece) {
                            if (!request.messages().toString().contains("wait")) {
                                return List.of();
                            }
                            entered.release();
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return List.of();
                        }

                        @Override
                        public List<ChatEvent> end() {
                            return List.of(
                                    ChatEvent.started(),
                                    ChatEvent.textStarted(0),
                                    ChatEvent.textDelta(0, "5 "),
                                    ChatEvent.blockStopped(0),
                                    ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()),
                                    ChatEvent.stopped());
                        }
                    };
                }

                @Override
                public ProviderException failure(HttpHead reply, byte[] body) {
                    return new ProviderException(ProviderException.Kind.ofStatus(reply.status()), "refused");
                }
            });
        }
    }

    private static final class Counting implements ChatStream {

        private final int last;
        private final CountDownLatch closed;
        private final AtomicLong made;
        private int step = -2;

        Counting(int last, CountDownLatch closed, AtomicLong made) {
            this.made = made;
            this.last = last;
            this.closed = closed;
        }

        @Override
        public Optional<ChatEvent> next() {
            step++;
            made.incrementAndGet();
            if (step == -1) {
                return Optional.of(ChatEvent.started());
            }
            if (step == 0) {
                return Optional.of(ChatEvent.blockStarted(0, ContentBlock.text("")));
            }
            if (step <= last) {
                return Optional.of(ChatEvent.textDelta(0, step + " "));
            }
            return switch (step - last) {
                case 1 -> Optional.of(ChatEvent.blockStopped(0));
                case 2 -> Optional.of(ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()));
                case 3 -> Optional.of(ChatEvent.stopped());
                default -> Optional.empty();
            };
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
