package dev.patchbay.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.workbench.probe.Probes;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a file says in {@code headers} and {@code query} is laid over a request once, whichever door it came in by. */
@Timeout(60)
final class HeadersAndQueryOnceTest {

    private static final List<String> PROVIDERS = List.of("chat", "messages", "responses", "plugged");
    private static final Map<String, String> DIALECTS = Map.of(
            "chat",
            "openai-chat",
            "messages",
            "anthropic-messages",
            "responses",
            "openai-responses",
            "plugged",
            "plugged");

    /** Each also comes from somewhere else: the base URL, the dialect, the client. */
    private static final String DEFINITION = """
              %s:
                dialect: %s
                baseUrl: "%s/v1?api%%2Dversion=old&a+b=old&plain=old"
                apiKey: $KEY
                defaultModel: m
                headers: {X-Title: mine, user-agent: mine/1, Accept: "*/*", x-secret: $SECRET, Anthropic-Version: "2024-01-01"}
                query: {api-version: new, a b: new, plain: new, sig: $SECRET}
                http: {retries: {max: 0}}
            """;

    private static final Map<String, String> HEADERS = Map.of(
            "x-title",
            "mine",
            "user-agent",
            "mine/1",
            "accept",
            "*/*",
            "x-secret",
            "secret-of-headers",
            "anthropic-version",
            "2024-01-01");

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Patchbay patchbay;

    @BeforeEach
    void start() throws Exception {
        StringBuilder yaml = new StringBuilder("providers:\n");
        PROVIDERS.forEach(id -> yaml.append(
                DEFINITION.formatted(id, DIALECTS.get(id), fake.baseUrl()).indent(2)));
        Path file = Files.writeString(folder.resolve("p.yaml"), yaml);
        patchbay = Patchbay.builder()
                .withoutDiscovery()
                .plugin(new Plugged())
                .environment(Environment.of(Map.of("KEY", "the-key-of-all", "SECRET", "secret-of-headers")))
                .config(file)
                .build();
    }

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
    }

    @Test
    void aLaunchLaysThemOnce() {
        for (String provider : PROVIDERS) {
            patchbay.launch(LaunchRequest.query("Hi").provider(provider).build())
                    .await();
        }
        eachOnce(4);
    }

    @Test
    void aClientLaysThemOnce() {
        for (String provider : PROVIDERS) {
            ChatRequest question =
                    ChatRequest.builder("m").message(ChatMessage.user("Hi")).build();
            try (ChatClient client = patchbay.client(
                            LaunchRequest.query("Hi").provider(provider).build());
                    ChatStream stream = client.stream(question)) {
                while (stream.next().isPresent()) {
                    continue;
                }
            } catch (ProviderException ofThePlugin) {
                assertThat(provider).isEqualTo("plugged");
            }
        }
        eachOnce(4);
    }

    @Test
    void theGatewayLaysThemOnce() throws Exception {
        try (Gateway gateway = Gateway.builder(patchbay).port(0).start()) {
            for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses")) {
                for (String provider : PROVIDERS) {
                    ask(gateway, path, provider);
                }
            }
            ask(gateway, "/v1/messages/count_tokens", "messages");
        }
        eachOnce(13);
    }

    @Test
    void aProbeLaysThemOnce() {
        for (String provider : List.of("chat", "messages", "responses")) {
            try (var models = Probes.of(patchbay).models(provider)) {
                models.ask();
            }
        }
        eachOnce(3);
    }

    private void ask(Gateway gateway, String path, String provider) throws Exception {
        String content = path.endsWith("responses")
                ? "\"input\": \"Hi\""
                : "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]";
        HttpRequest request = HttpRequest.newBuilder(gateway.url().resolve(path + "?api-version=client&beta=true"))
                .timeout(Duration.ofSeconds(20))
                .header("content-type", "application/json")
                .header("x-title", "client")
                .header("X-Secret", "client")
                .header("user-agent", "client/2")
                .header("accept", "application/json")
                .header("anthropic-version", "2023-06-01")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\": \"" + provider + "/m\", \"max_tokens\": 9, " + content + "}"))
                .build();
        http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void eachOnce(int requests) {
        assertThat(fake.requests()).hasSize(requests).allSatisfy(request -> {
            HEADERS.forEach((name, value) -> assertThat(request.headers().all(name))
                    .as(name + " of " + request.target())
                    .containsExactly(value));
            request.headers().entries().stream()
                    .map(header -> header.getKey().toLowerCase(Locale.ROOT))
                    .distinct()
                    .forEach(name -> assertThat(request.headers().all(name))
                            .as(name + " of " + request.target())
                            .hasSize(1));
            assertThat(members(request))
                    .as(request.target())
                    .containsOnlyOnce("api-version=new", "a b=new", "plain=new", "sig=secret-of-headers")
                    .noneMatch(member -> member.endsWith("=old") || member.endsWith("=client"));
        });
    }

    private static List<String> members(RecordedRequest request) {
        List<String> members = new ArrayList<>();
        Arrays.stream(request.query().orElse("").split("&"))
                .forEach(member -> members.add(URLDecoder.decode(member, UTF_8)));
        return members;
    }

    /** Takes the base URL with its query, as a plugin does that knows no better. */
    private static final class Plugged implements ProviderPlugin, Dialect {

        @Override
        public String id() {
            return "plugged";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(this);
        }

        @Override
        public boolean needsBaseUrl() {
            return true;
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            return request -> {
                URI base = definition.baseUrl().orElseThrow();
                URI url = base.resolve("/v1/chat/completions?plain=new");
                HttpCall call = HttpCall.post(url, "{\"model\": \"m\", \"messages\": []}".getBytes(UTF_8))
                        .header("accept", "text/event-stream")
                        .header("x-title", "plugin");
                HttpReply reply = context.http().send(call);
                throw new ProviderException(ProviderException.Kind.SERVER, "answered " + reply.status());
            };
        }
    }
}
