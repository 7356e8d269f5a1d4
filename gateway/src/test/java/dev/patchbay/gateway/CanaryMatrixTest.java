package dev.patchbay.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.Patchbay;
import dev.patchbay.codec.json.Json;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFields;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.TextWithSecrets;
import dev.patchbay.registry.Provider;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.session.UpdateRequest;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Exchange;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.HttpAnswer;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.workbench.probe.Probes;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A key in every field that can hold one, times every way to change the origin, times every door: it never reaches another
 * origin, and is never printed (provider-files.md, section 4). Made from the table of fields.
 */
@Tag("once")
final class CanaryMatrixTest {

    private static final String CANARY = "canary-5f2c81d09e";
    private static final String ENCODED = Base64.getEncoder().encodeToString(("user:" + CANARY).getBytes(UTF_8));
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Ways that the files say; HERE and THERE are the two origins, BASE the definition with the canary. */
    private static final Map<String, String> WAYS = ways();

    /** Those that somebody else says, in a higher layer: a proxy beside one's own key is one's own choice. */
    private static final List<String> ABOVE = List.of("layer", "proxy", "proxy-own-key");

    @TempDir
    Path folder;

    private final FakeProvider here = FakeProvider.start();
    private final FakeProvider there = FakeProvider.start();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> printed = new ArrayList<>();

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static Map<String, String> ways() {
        Map<String, String> ways = new LinkedHashMap<>();
        ways.put("url", "extends: BASE, baseUrl: \"THERE/v1\"");
        ways.put("url-own-key", "extends: BASE, baseUrl: \"THERE/v1\", apiKey: $OTHER");
        ways.put("url-auth-none", "extends: BASE, baseUrl: \"THERE/v1\", auth: none");
        ways.put("url-own-header", "extends: BASE, baseUrl: \"THERE/v1\", headers: {X-Own: $OTHER}");
        ways.put("url-of-variable", "extends: BASE, baseUrl: \"${ELSEWHERE}/v1\", apiKey: $OTHER");
        ways.put("other-name", "extends: BASE, baseUrl: \"LOCALHOST/v1\", apiKey: $OTHER");
        ways.put("chain", "extends: BASE-url-own-key, name: chained");
        ways.put("chain-of-urls", "extends: BASE-url, baseUrl: \"LOCALHOST/v1\", apiKey: $OTHER");
        ways.put("and-back", "extends: BASE-chain-of-urls, baseUrl: \"THERE/v1\", apiKey: $OTHER");
        ways.put(
                "endpoints",
                "extends: BASE, endpoints: {chat: {url: \"THERE/v1/chat/completions\", auth: none}, models: {url:"
                        + " \"THERE/v1/models\", auth: none}}");
        ways.put(
                "endpoints-own-key",
                "extends: BASE, endpoints: {chat: {url: \"THERE/v1/chat/completions\", auth: {key: $OTHER}}, models: {url:"
                        + " \"THERE/v1/models\", auth: {key: $OTHER}}}");
        ways.put("proxy", "extends: BASE, http: {proxy: \"THERE\"}");
        ways.put("proxy-own-key", "extends: BASE, http: {proxy: \"THERE\"}, apiKey: $OTHER");
        ways.put("redirect", "extends: BASE, baseUrl: \"HERE/redirect/v1\"");
        ways.put(
                "fallback",
                "extends: BASE, baseUrl: \"HERE/broken/v1\", fallback: [{to: other, when: [server, auth, network]}]");
        ways.put("layer", "extends: BASE-layer, baseUrl: \"THERE/v1\", apiKey: $OTHER");
        return ways;
    }

    @Test
    void noKeyReachesAnotherOriginOrIsPrinted() throws Exception {
        script();
        Path certificate = Files.writeString(folder.resolve("client.pem"), "-----BEGIN CERTIFICATE-----");
        List<SecretSamples.Sample> samples = SecretSamples.of(
                "CANARY",
                Map.of(
                        "url",
                        "\"" + here.baseUrl("/v1/chat/completions") + "\"",
                        "clientCert",
                        "\"" + certificate + "\"",
                        "clientKey",
                        "$OTHER"));
        Path lower = Files.writeString(folder.resolve("lower.yaml"), lower(samples));
        Path upper = Files.writeString(folder.resolve("upper.yaml"), upper(samples));
        try (Patchbay patchbay = Patchbay.builder()
                        .withoutDiscovery()
                        .plugin(new CanaryPlugin())
                        .environment(Environment.of(Map.of(
                                "CANARY",
                                CANARY,
                                "OTHER",
                                "other-key-77aa",
                                "ELSEWHERE",
                                there.baseUrl().toString(),
                                "PATCHBAY_CONFIG",
                                lower.toString())))
                        .environmentLayer()
                        .config(upper)
                        .build();
                Gateway gateway = Gateway.builder(patchbay)
                        .token(Secret.of("token"))
                        .port(0)
                        .start()) {
            List<String> working = new ArrayList<>();
            int calls = 0;
            for (int i = 0; i < samples.size(); i++) {
                String base = "s" + i;
                Provider provider = patchbay.registry().find(base).orElseThrow();
                if (!provider.isReady()) {
                    continue;
                }
                working.add(samples.get(i).yaml());
                for (String way : WAYS.keySet()) {
                    // A client's key proves it in TLS alone: nobody who is asked without has it to repeat.
                    if (!samples.get(i).yaml().contains("clientKey") || !way.equals("fallback")) {
                        calls += everyDoor(patchbay, gateway, base + "-" + way);
                    }
                }
                calls += launches(patchbay, base);
            }
            assertThat(fieldsThatCanHoldASecret())
                    .as("fields that can hold a secret without a definition that works")
                    .filteredOn(path -> working.stream().noneMatch(yaml -> leadsTo(path, yaml)))
                    .isEmpty();
            assertThat(here.sawAnywhere(CANARY)).as("the canary is sent at all").isTrue();
            assertThat(there.requests())
                    .as("the other origin is reached at all")
                    .hasSizeGreaterThan(calls / 8);
            patchbay.registry().diagnostics().forEach(problem -> printed.add(problem.toString()));
        }
        assertThat(there.requests())
                .as("at another origin")
                .filteredOn(request -> holdsCanary(request.target() + request.headers() + request.text()))
                .extracting(request -> request.target() + " " + request.headers() + " " + request.text())
                .isEmpty();
        assertThat(there.sawAnywhere(CANARY)).as("at another origin").isFalse();
        assertThat(there.sawAnywhere(ENCODED)).as("at another origin").isFalse();
        assertThat(printed).filteredOn(CanaryMatrixTest::holdsCanary).isEmpty();
    }

    private static boolean holdsCanary(String text) {
        return text.contains(CANARY) || text.contains(ENCODED);
    }

    /** As {@code http.tls.clientKey}; found anew, so that a form that has no sample is missed. */
    private static Set<String> fieldsThatCanHoldASecret() {
        Set<String> paths = new LinkedHashSet<>();
        collect(ProviderFieldTable.PROVIDER, "", false, paths);
        assertThat(paths)
                .contains(
                        "apiKey",
                        "auth.key",
                        "headers",
                        "query",
                        "body.set",
                        "models.body.set",
                        "options",
                        "endpoints.auth.key",
                        "http.tls.clientKey",
                        "http.tls.clientKeyPassword");
        return paths;
    }

    private static void collect(@Nullable Shape shape, String path, boolean substituted, Set<String> paths) {
        if (shape instanceof Shape.Table table) {
            for (Field<?> field : table.fields().values()) {
                if (!field.isOpen() && !field.isLater()) {
                    String inner = path.isEmpty() ? field.name() : path + "." + field.name();
                    collect(field.shape(), inner, substituted || field.isSubstituted(), paths);
                }
            }
        } else if (shape instanceof Shape.MapOf map) {
            collect(map.value(), path, substituted, paths);
        } else if (shape instanceof Shape.ListOf list) {
            collect(list.item(), path, substituted, paths);
        } else if (shape instanceof Shape.Either either) {
            collect(either.scalar(), path, substituted, paths);
            collect(either.list(), path, substituted, paths);
            collect(either.mapping(), path, substituted, paths);
        } else if (SecretFields.canHold(shape, substituted)) {
            paths.add(path);
        }
    }

    private static boolean leadsTo(String path, String yaml) {
        String keys = Stream.of(path.split("\\.")).map(Pattern::quote).collect(Collectors.joining(": .*\\b"));
        return Pattern.compile("^" + keys + ": ").matcher(yaml).find();
    }

    @Test
    void changesTheOriginInTwelveWaysAtLeast() {
        assertThat(WAYS).hasSizeGreaterThanOrEqualTo(12);
    }

    /** Answers repeat what they were asked with, as some providers do: in errors, in headers, and beside what the model says. */
    private void script() {
        there.answer("/embeddings", Answer.error(500, "server_error", "no vectors today"));
        there.answer("/models", Answer.json(200, "{\"data\": [{\"id\": \"m\"}]}"));
        here.answer(
                "/embeddings",
                exchange -> repeating(Answer.json(500, "{\"error\": {\"message\": " + asked(exchange) + "}}"), exchange)
                        .send(exchange));
        here.answer(
                "/models",
                exchange -> repeating(
                                Answer.json(200, "{\"data\": [{\"id\": \"m\"}], \"asked\": " + asked(exchange) + "}"),
                                exchange)
                        .send(exchange));
        here.answer(exchange -> repeating(
                        exchange.request().wantsStream()
                                ? Answer.sse(
                                        "data: {\"choices\": [{\"delta\": {\"content\": \"fine\"}}], \"asked\": "
                                                + asked(exchange) + "}",
                                        "",
                                        "data: {\"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}",
                                        "",
                                        "data: [DONE]",
                                        "")
                                : Answer.json(
                                        200,
                                        "{\"asked\": " + asked(exchange)
                                                + ", \"choices\": [{\"message\": {\"content\": \"fine\"}, \"finish_reason\":"
                                                + " \"stop\"}]}"),
                        exchange)
                .send(exchange));
        here.answer(
                "/redirect/v1/chat/completions",
                Answer.status(307)
                        .header(
                                "location",
                                there.baseUrl("/v1/chat/completions").toString()));
        here.answer("/broken/v1/chat/completions", Answer.error(500, "server_error", "no, " + CANARY + " is broken"));
    }

    private static String asked(Exchange exchange) {
        RecordedRequest request = exchange.request();
        return Json.text(TextNode.valueOf(request.target() + " " + request.headers() + " " + request.text()));
    }

    private static HttpAnswer repeating(HttpAnswer answer, Exchange exchange) {
        return holdsCanary(asked(exchange)) ? answer.header("x-request-id", "rid-" + CANARY) : answer;
    }

    private String lower(List<SecretSamples.Sample> samples) {
        StringBuilder yaml = new StringBuilder(
                "providers:\n  other: {baseUrl: \"" + there.baseUrl("/v1") + "\", apiKey: $OTHER, defaultModel: m}\n");
        for (int i = 0; i < samples.size(); i++) {
            for (String id : List.of("s" + i, "s" + i + "-layer")) {
                yaml.append("  ")
                        .append(id)
                        .append(": {")
                        .append(base(samples.get(i)))
                        .append("}\n");
            }
            for (Map.Entry<String, String> way : WAYS.entrySet()) {
                if (!ABOVE.contains(way.getKey())) {
                    yaml.append(definition("s" + i, way));
                }
            }
        }
        return yaml.toString();
    }

    private String upper(List<SecretSamples.Sample> samples) {
        StringBuilder yaml = new StringBuilder("providers:\n");
        for (int i = 0; i < samples.size(); i++) {
            for (String way : ABOVE) {
                yaml.append(definition("s" + i, Map.entry(way, WAYS.get(way))));
            }
        }
        return yaml.toString();
    }

    private String base(SecretSamples.Sample sample) {
        String dialect = sample.field().equals("options") ? "dialect: canary, " : "";
        String model = sample.yaml().contains("canary: {body") ? "canary" : "m";
        String key = sample.field().equals("apiKey") || sample.yaml().contains("key:") ? "" : "apiKey: $OTHER, ";
        String prefixed = sample.yaml().startsWith("auth: {prefix") ? "apiKey: $OTHER, " : "";
        String once = "http: {retries: {max: 0}";
        String field = sample.field().equals("http")
                ? sample.yaml().replace("http: {", once + ", ")
                : sample.yaml() + ", " + once + "}";
        return dialect + (prefixed.isEmpty() ? key : prefixed) + "baseUrl: \"" + here.baseUrl("/v1")
                + "\", defaultModel: " + model + ", " + field;
    }

    private String definition(String base, Map.Entry<String, String> way) {
        String yaml = way.getValue()
                .replace("BASE", base)
                .replace("THERE", there.baseUrl().toString())
                .replace("LOCALHOST", "http://localhost:" + there.port())
                .replace("HERE", here.baseUrl().toString());
        return "  " + base + "-" + way.getKey() + ": {" + yaml + "}\n";
    }

    private int everyDoor(Patchbay patchbay, Gateway gateway, String id) throws Exception {
        launch(patchbay, LaunchRequest.query(id).provider(id).build());
        preview(patchbay, LaunchRequest.query(id).provider(id).build());
        ask(patchbay, LaunchRequest.query(id).provider(id).build());
        attempt(() -> {
            try (var probe = Probes.of(patchbay)
                    .test(LaunchRequest.query("hi").provider(id).build(), LIMIT)) {
                printed.add(probe.toString());
            }
        });
        attempt(() -> {
            try (var models = Probes.of(patchbay).models(id)) {
                printed.add(String.valueOf(models.ask()));
            }
        });
        String body = "{\"model\": \"" + id + "/m\", \"max_tokens\": 9, \"input\": \"" + id
                + "\", \"messages\": [{\"role\": \"user\", \"content\": \"" + id + "\"}]}";
        List<String> paths = List.of(
                "/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/messages/count_tokens", "/v1/embeddings");
        for (String path : paths) {
            post(gateway, path, body);
        }
        post(gateway, paths.get(0), body.replace("{\"model\"", "{\"stream\": true, \"model\""));
        return 6 + paths.size();
    }

    private void post(Gateway gateway, String path, String body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(gateway.url().resolve(path))
                        .timeout(LIMIT)
                        .header("authorization", "Bearer token")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        printed.add(answer.headers().map() + answer.body());
    }

    /** What the settings of a launch do to the definition itself. */
    private int launches(Patchbay patchbay, String base) {
        String elsewhere = there.baseUrl("/v1").toString();
        LaunchRequest without = LaunchRequest.query(base + " launched")
                .provider(base)
                .proxyEnabled(true)
                .proxyBaseUrl(elsewhere)
                .build();
        LaunchRequest with = LaunchRequest.query(base + " launched")
                .provider(base)
                .proxyEnabled(true)
                .proxyBaseUrl(elsewhere)
                .proxyApiKey(Secret.of("other-key-77aa"))
                .build();
        for (LaunchRequest request : List.of(without, with)) {
            launch(patchbay, request);
            preview(patchbay, request);
            ask(patchbay, request);
        }
        attempt(() -> {
            Session session =
                    patchbay.launch(LaunchRequest.query(base).provider(base).build());
            session.await();
            patchbay.update(
                    session.id(),
                    UpdateRequest.builder()
                            .proxyEnabled(true)
                            .proxyBaseUrl(elsewhere)
                            .proxyApiKey(Secret.of("other-key-77aa"))
                            .build());
            Session next = patchbay.continueSession(
                    session.id(),
                    dev.patchbay.session.ContinueRequest.query("more").build());
            printed.add(String.valueOf(next.await()));
            printed.add(String.valueOf(next.record()));
        });
        return 7;
    }

    private void launch(Patchbay patchbay, LaunchRequest request) {
        attempt(() -> {
            Session session = patchbay.launch(request, event -> printed.add(event.toString()));
            printed.add(String.valueOf(session.await()));
            printed.add(String.valueOf(session.record()));
        });
    }

    /** Without a session. */
    private void ask(Patchbay patchbay, LaunchRequest request) {
        attempt(() -> {
            ChatRequest question =
                    ChatRequest.builder("m").message(ChatMessage.user("Hi")).build();
            try (ChatClient client = patchbay.client(request);
                    ChatStream stream = client.stream(question)) {
                for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                    printed.add(event.get().toString());
                }
                printed.add(client + " " + stream);
            }
        });
    }

    private void preview(Patchbay patchbay, LaunchRequest request) {
        attempt(() -> patchbay.preview(request).ifPresent(preview -> {
            printed.add(TextWithSecrets.text(preview.url()));
            printed.add(TextWithSecrets.text(preview.body()));
            printed.add(preview.headers().toString());
        }));
    }

    private void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (ConfigurationException | ProviderException refused) {
            printed.add(refused.toString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Something that may be refused. */
    private interface Attempt {

        void run() throws Exception;
    }

    /** A plugin's dialect that sends its secret option wherever the provider is. */
    private static final class CanaryPlugin implements ProviderPlugin, Dialect {

        @Override
        public String id() {
            return "canary";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(this);
        }

        @Override
        public List<Option> options() {
            return List.of(Option.of("canary", Option.Type.SECRET));
        }

        @Override
        public boolean needsBaseUrl() {
            return true;
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            return request -> {
                HttpCall call = HttpCall.post(
                        URI.create(definition.baseUrl().orElseThrow() + "/chat/completions"),
                        "{\"model\": \"m\", \"messages\": []}".getBytes(UTF_8));
                HttpCall signed = definition
                        .options()
                        .secret("canary")
                        .map(secret ->
                                call.header("x-canary", context.secret(secret).reveal()))
                        .orElse(call);
                HttpReply reply = context.http().send(signed);
                ByteArrayOutputStream read = new ByteArrayOutputStream();
                read.write(reply.status());
                throw new ProviderException(ProviderException.Kind.SERVER, "answered " + reply.status());
            };
        }
    }
}
