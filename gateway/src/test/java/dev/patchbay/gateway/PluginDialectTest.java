package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.plugin.LoadedPlugins;
import dev.patchbay.plugin.PluginLoader;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Providers whose dialect a plugin brings. */
@Timeout(60)
class PluginDialectTest {

    private final GatewayFixture fixture = new GatewayFixture();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LoadedPlugins plugins = PluginLoader.builder()
            .withoutDiscovery()
            .plugin(new CountingPlugin(closed))
            .build()
            .load();

    @AfterEach
    void close() {
        fixture.close();
        plugins.close();
    }

    private void start(String model) {
        RegistrySnapshot registry = RegistrySnapshot.builder()
                .plugins(plugins.plugins())
                .definition(Definition.builder("counting")
                        .dialect("counting")
                        .defaultModel(model)
                        .build())
                .build();
        fixture.start(Gateway.builder(() -> registry), builder -> builder.provider("counting"));
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

        assertThat(closed.await(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waitsForASlowReader() throws IOException {
        start("100000");
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(RawClient.post("/v1/messages", GatewayFixture.messages(true)));
            client.readSome();
            client.skip(8_000_000);
        }
    }

    private record CountingPlugin(CountDownLatch closed) implements ProviderPlugin {

        @Override
        public String id() {
            return "counting";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(new CountingDialect(closed));
        }
    }

    /** Counts up to the number that is the model's name. */
    private record CountingDialect(CountDownLatch closed) implements Dialect {

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
                return new Counting(Integer.parseInt(request.model()), closed);
            };
        }
    }

    private static final class Counting implements ChatStream {

        private final int last;
        private final CountDownLatch closed;
        private int step = -2;

        Counting(int last, CountDownLatch closed) {
            this.last = last;
            this.closed = closed;
        }

        @Override
        public Optional<ChatEvent> next() {
            step++;
            if (step == -1) {
                return Optional.of(new ChatEvent.Started(Optional.empty(), Optional.empty(), Usage.unknown()));
            }
            if (step == 0) {
                return Optional.of(new ChatEvent.BlockStarted(0, new ContentBlock.Text("")));
            }
            if (step <= last) {
                return Optional.of(new ChatEvent.TextDelta(0, step + " "));
            }
            return switch (step - last) {
                case 1 -> Optional.of(new ChatEvent.BlockStopped(0));
                case 2 -> Optional.of(new ChatEvent.Finishing(StopReason.END_TURN, Optional.empty(), Usage.unknown()));
                case 3 -> Optional.of(new ChatEvent.Stopped());
                default -> Optional.empty();
            };
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
