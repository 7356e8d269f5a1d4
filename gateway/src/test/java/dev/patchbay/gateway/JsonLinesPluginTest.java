package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.plugin.LoadedPlugins;
import dev.patchbay.internal.plugin.PluginLoader;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.DialectCodec;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.DeliveredAnswer;
import dev.patchbay.testkit.Gate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An upstream that streams a JSON value a line, in a plugin's dialect, for the clients of every other one. */
@Timeout(60)
class JsonLinesPluginTest {

    private static final String CLIENTS = """
            /v1/messages | {"model":"m","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"q"}]} | message_stop
            /v1/chat/completions | {"model":"m","stream":true,"messages":[{"role":"user","content":"q"}]} | [DONE]
            /v1/responses | {"model":"m","stream":true,"input":"q"} | response.completed
            """;

    private final GatewayFixture fixture = new GatewayFixture();
    private final LoadedPlugins plugins = PluginLoader.builder()
            .withoutDiscovery()
            .plugin(new LinesPlugin())
            .build()
            .load();

    @BeforeEach
    void start() {
        RegistrySnapshot registry = RegistrySnapshot.builder()
                .plugins(plugins.plugins())
                .definition(Definition.builder("lines")
                        .dialect("json-lines")
                        .baseUrl(fixture.fake.baseUrl("/v1"))
                        .defaultModel("m")
                        .build())
                .build();
        fixture.start(() -> registry, builder -> builder.provider("lines"));
    }

    @AfterEach
    void close() {
        fixture.close();
        plugins.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = CLIENTS)
    void handsEachLineOnBeforeTheNextComes(String path, String request, String end) throws IOException {
        Gate gate = Gate.closed();
        fixture.fake.answer(lines("{\"text\":\"first \"}", "{\"text\":\"second\"}", "{\"end\":[3,5]}")
                .holdBefore("second", gate));

        try (InputStream body = fixture.open(path, request).body()) {
            assertThat(GatewayFixture.readUntil(body, "first ")).doesNotContain("second", end);
            gate.open();
            assertThat(GatewayFixture.readUntil(body, end)).contains("second");
        }
    }

    /** A line may be torn anywhere, also inside of a character. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = CLIENTS)
    void readsLinesThatArriveTorn(String path, String request, String end) {
        fixture.fake.answer(lines("{\"text\":\"wörld 🙂\"}", "{\"end\":[3,5]}").inFragmentsOf(1));

        assertThat(fixture.post(path, request).body()).contains("wörld 🙂", end);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = CLIENTS)
    void aStreamThatIsCutIsNoWholeAnswer(String path, String request, String end) {
        fixture.fake.answer(lines("{\"text\":\"first \"}", "{\"text\":\"second\"}", "{\"end\":[3,5]}")
                .cutAfter(1));

        assertThat(fixture.postBroken(path, request))
                .contains("first ", "error", "broke off")
                .doesNotContain(end);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = CLIENTS)
    void anErrorLineIsAnErrorInTheClientsForm(String path, String request, String end) {
        fixture.fake.answer(lines("{\"text\":\"first \"}", "{\"error\":\"the model fell over\"}"));

        assertThat(fixture.postBroken(path, request))
                .contains("first ", "error", "the model fell over")
                .doesNotContain(end);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = CLIENTS)
    void anErrorLineBeforeTheAnswerIsAStatus(String path, String request) {
        fixture.fake.answer(lines("{\"error\":\"the model fell over\"}"));
        HttpResponse<String> answer = fixture.post(path, request);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(Json.parse(answer.body()).at("/error/message").asText()).contains("the model fell over");
    }

    private static DeliveredAnswer<?> lines(String... lines) {
        String[] pieces = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            pieces[i] = lines[i] + "\n";
        }
        return Answer.status(200).pieces("application/x-ndjson", pieces);
    }

    private static final class LinesPlugin implements ProviderPlugin {

        @Override
        public String id() {
            return "json-lines";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(new LinesDialect());
        }
    }

    private static final class LinesDialect implements Dialect {

        @Override
        public String id() {
            return "json-lines";
        }

        @Override
        public Optional<DialectCodec> codec(ProviderDefinition definition) {
            return Optional.of(new DialectCodec() {
                @Override
                public HttpCall encode(ChatRequest request, Function<SecretRef, Secret> secrets) {
                    return HttpCall.post(definition.baseUrl().orElseThrow(), new byte[] {'{', '}'});
                }

                @Override
                public AnswerDecoder decoder(ChatRequest request, HttpHead reply) {
                    return new Decoder();
                }

                @Override
                public ProviderException failure(HttpHead reply, byte[] body) {
                    return new ProviderException(ProviderException.Kind.ofStatus(reply.status()), "refused");
                }
            });
        }
    }

    private static final class Decoder implements DialectCodec.AnswerDecoder {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private boolean begun;
        private boolean ended;
        private @Nullable ProviderException failure;

        /** What comes before an error is told first, also where both are in one piece. */
        @Override
        public List<ChatEvent> decode(byte[] piece) {
            List<ChatEvent> events = new ArrayList<>();
            for (byte b : piece) {
                if (b != '\n') {
                    line.write(b);
                    continue;
                }
                read(Json.parse(line.toString(StandardCharsets.UTF_8)), events);
                line.reset();
            }
            if (failure != null && events.isEmpty()) {
                throw failure;
            }
            return events;
        }

        private void read(JsonNode step, List<ChatEvent> events) {
            if (step.has("error")) {
                failure = ProviderException.builder(
                                ProviderException.Kind.SERVER,
                                step.path("error").asText())
                        .status(502)
                        .build();
                return;
            }
            if (!begun) {
                begun = true;
                events.add(ChatEvent.started());
                events.add(ChatEvent.textStarted(0));
            }
            if (step.has("text")) {
                events.add(ChatEvent.textDelta(0, step.path("text").asText()));
                return;
            }
            ended = true;
            Usage usage = Usage.builder()
                    .inputTokens(step.at("/end/0").asLong())
                    .outputTokens(step.at("/end/1").asLong())
                    .build();
            events.add(ChatEvent.blockStopped(0));
            events.add(ChatEvent.finishing(StopReason.END_TURN, usage));
            events.add(ChatEvent.stopped());
        }

        @Override
        public List<ChatEvent> end() {
            if (failure != null) {
                throw failure;
            }
            if (!ended) {
                throw new ProviderException(ProviderException.Kind.SERVER, "the answer broke off");
            }
            return List.of();
        }
    }
}
