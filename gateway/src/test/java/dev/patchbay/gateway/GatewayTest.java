package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.provider.Model;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway as a server: who is let in, what else it answers, how it ends. */
@Timeout(60)
class GatewayTest {

    private final GatewayFixture fixture = new GatewayFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start(UnaryOperator<GatewayBuilder> more) {
        Map<String, Model> models = new LinkedHashMap<>();
        models.put("m1", Model.named("m1"));
        models.put("org/m2", Model.named("org/m2"));
        fixture.start(
                List.of(
                        fixture.chatProvider()
                                .models(models)
                                .aliases(Map.of("fast", "m1"))
                                .build(),
                        fixture.claudeProvider().defaultModel("claude-y").build()),
                more);
    }

    private HttpResponse<String> ask() {
        return fixture.post("/v1/chat/completions", "{\"model\":\"chat/m1\",\"messages\":[]}");
    }

    @Test
    void wantsItsTokenIfItHasOne() {
        start(builder -> builder.token(Secret.of("right-token")));
        String body = "{\"model\":\"chat/m1\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

        HttpResponse<String> wrong = fixture.post("/v1/messages", body);
        HttpResponse<String> key = fixture.send(
                plain("/v1/messages", body).header("x-api-key", "right-token").build());
        HttpResponse<String> bearer = fixture.send(plain("/v1/messages", body)
                .header("authorization", "bearer right-token")
                .build());
        HttpResponse<String> metrics = fixture.get("/metrics");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("authentication_error", "x-api-key").doesNotContain("right-token");
        assertThat(key.statusCode()).isEqualTo(200);
        assertThat(bearer.statusCode()).isEqualTo(200);
        assertThat(metrics.statusCode()).isEqualTo(401);
        assertThat(fixture.fake.sawAnywhere("right-token")).isFalse();
    }

    private java.net.http.HttpRequest.Builder plain(String path, String body) {
        return java.net.http.HttpRequest.newBuilder(fixture.url(path))
                .header("content-type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void doesNotAnswerToNamesThatAreNotItsOwn() throws IOException {
        start(builder -> builder.allowedHost("box.example"));

        assertThat(status("Host: evil.example")).isEqualTo("403");
        assertThat(status("Host: box.example:7777")).isEqualTo("200");
        assertThat(status("Host: localhost:7777")).isEqualTo("200");
        assertThat(status("Host: [::1]:7777")).isEqualTo("200");
        assertThat(status("Host: 127.0.0.1\r\nOrigin: https://evil.example")).isEqualTo("403");
        assertThat(status("Host: 127.0.0.1\r\nOrigin: null")).isEqualTo("403");
        assertThat(status("Host: localhost:7777\r\nOrigin: http://localhost:7777"))
                .isEqualTo("200");
    }

    private String status(String headers) throws IOException {
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send("GET /v1/models HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n");
            return client.readAll().split(" ")[1];
        }
    }

    @Test
    void refusesRequestsAboveItsLimit() throws IOException {
        start(builder -> builder.maxRequestBytes(1000));
        String long1 = "{\"model\":\"m1\",\"messages\":[],\"x\":\"" + "x".repeat(2000) + "\"}";

        HttpResponse<String> announced = fixture.post("/v1/chat/completions", long1);
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send(
                    "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n"
                            + "x".repeat(2000) + "\r\n");

            assertThat(client.readAll()).startsWith("HTTP/1.1 413").contains("request_too_large");
        }
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(fixture.fake.requests()).isEmpty();
    }

    @Test
    void closesConnectionsThatAskNothing() throws IOException {
        start(builder -> builder.clientTimeout(Duration.ofMillis(200)).bodySilence(Duration.ofMillis(200)));

        try (RawClient idle = RawClient.connect(fixture.gateway().port());
                RawClient slow = RawClient.connect(fixture.gateway().port())) {
            slow.send(
                    "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{");

            assertThat(idle.readAll()).isEmpty();
            assertThat(slow.readAll()).startsWith("HTTP/1.1 408");
        }
    }

    /** In the shape of every error, with the id that the log has. */
    @Test
    void saysThatAHeadDidNotComeInTime() throws IOException {
        start(builder -> builder.headTimeout(Duration.ofMillis(200)));

        try (RawClient slow = RawClient.connect(fixture.gateway().port())) {
            slow.send("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nX");

            assertThat(slow.readAll())
                    .startsWith("HTTP/1.1 408")
                    .contains("request-id: ", "\"error\"", "the head of the request did not come in time");
        }
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        start(builder -> builder);

        assertThat(fixture.post("/v1/messages", "{nonsense").statusCode()).isEqualTo(400);
        assertThat(fixture.post("/v1/messages", "[]").body()).contains("must be a JSON object");
        assertThat(fixture.post("/v1/messages", "").statusCode()).isEqualTo(400);
        assertThat(fixture.get("/v1/messages").statusCode()).isEqualTo(405);
        assertThat(fixture.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(fixture.get("/v1/models/none").statusCode()).isEqualTo(404);
    }

    @Test
    void listsModelsInTheShapeThatTheClientKnows() {
        start(builder -> builder.provider("chat"));

        JsonNode openAi = Json.parse(fixture.get("/v1/models").body());
        JsonNode anthropic = Json.parse(fixture.get("/v1/models?limit=1000", "anthropic-version", "2023-06-01")
                .body());

        assertThat(openAi.path("object").asText()).isEqualTo("list");
        assertThat(openAi.path("data").findValuesAsText("id")).containsExactly("m1", "org/m2", "fast");
        assertThat(anthropic.path("data").path(0).path("type").asText()).isEqualTo("model");
        assertThat(anthropic.path("has_more").asBoolean(true)).isFalse();
        assertThat(anthropic.path("last_id").asText()).isEqualTo("fast");
        assertThat(fixture.get("/v1/models/org%2Fm2").body()).contains("\"id\":\"org/m2\"");
    }

    @Test
    void servesFurtherAddressesWithTokensOfTheirOwn() {
        ModelRouting routing = new ModelRouting() {
            @Override
            public Optional<Route> route(RegistrySnapshot registry, String model, boolean mayWait) {
                return Optional.of(
                        RouteResolver.resolve(fixture.claudeProvider().build(), RouteOverrides.model("session-model")));
            }

            @Override
            public List<ListedModel> models(RegistrySnapshot registry) {
                return List.of(model(registry, "session-model"));
            }

            @Override
            public ListedModel model(RegistrySnapshot registry, String name) {
                return new ListedModel(name, Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
            }
        };
        GatewayAddress address =
                GatewayAddress.guarded("/sessions/7/llm", routing, Secret.of(GatewayFixture.CLIENT_KEY));
        start(builder -> builder.token(Secret.of("main-token"))
                .addresses(path -> path.startsWith("/sessions/7/llm/") ? Optional.of(address) : Optional.empty()));

        HttpResponse<String> session = fixture.post("/sessions/7/llm/v1/messages", GatewayFixture.messages(false));
        HttpResponse<String> main = fixture.post("/v1/messages", GatewayFixture.messages(false));

        assertThat(session.statusCode()).isEqualTo(200);
        assertThat(session.headers().firstValue("x-patchbay-model")).contains("session-model");
        assertThat(main.statusCode()).isEqualTo(401);
        assertThat(fixture.get("/sessions/7/llm/v1/models").body()).contains("session-model");
    }

    @Test
    void leavesOtherPathsToOthers() {
        start(builder -> builder.otherwise(request -> request.response().end("the page")));

        assertThat(fixture.get("/page").body()).isEqualTo("the page");
    }

    @Test
    void countsWhatItDoes() {
        start(builder -> builder);
        ask();

        fixture.record();
        String metrics = fixture.get("/metrics").body();

        assertThat(metrics)
                .contains(
                        "patchbay_gateway_requests_total{client=\"chat\",mode=\"relay\",provider=\"chat\",status=\"200\"} 1.0")
                .contains("patchbay_gateway_duration_seconds_count")
                .contains("patchbay_gateway_active 1.0");
    }

    @Test
    void showsTokensTheFirstTokenAndWhatOthersCount() {
        start(builder ->
                builder.meters(registry -> registry.counter("patchbay.more").increment()));
        fixture.fake.answer(Answer.text("Hello").usage(12, 3));
        fixture.post(
                "/v1/chat/completions",
                "{\"model\":\"chat/m1\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}");

        fixture.record();
        assertThat(fixture.get("/metrics").body())
                .contains("patchbay_gateway_tokens_total{kind=\"input\",provider=\"chat\"} 12.0")
                .contains("patchbay_gateway_tokens_total{kind=\"output\",provider=\"chat\"} 3.0")
                .contains("patchbay_gateway_first_token_seconds_count{provider=\"chat\"} 1")
                .contains("patchbay_more_total 1.0");
    }

    @Test
    void passesTheTraceOfItsClientOnAndNotesIt() {
        start(builder -> builder);
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        for (String path : List.of("/v1/chat/completions", "/v1/messages")) {
            String body =
                    "{\"model\":\"chat/m1\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
            fixture.send(plain(path, body)
                    .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                    .header("tracestate", "congo=t61rcWkgMzE")
                    .build());

            assertThat(lastRequest().header("traceparent")).hasValue("00-" + trace + "-00f067aa0ba902b7-01");
            assertThat(lastRequest().header("tracestate")).hasValue("congo=t61rcWkgMzE");
            AccessRecord record = fixture.record();
            assertThat(record.traceId()).hasValue(trace);
            assertThat(record.toString()).contains(" trace " + trace);
            assertThat(record.toJson()).containsEntry("trace_id", trace).containsEntry("status", 200);

            fixture.send(plain(path, body)
                    .header("traceparent", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01")
                    .build());
            assertThat(lastRequest().header("traceparent")).isEmpty();
            assertThat(fixture.record().traceId()).isEmpty();
        }
    }

    private RecordedRequest lastRequest() {
        List<RecordedRequest> all = fixture.fake.requests();
        return all.get(all.size() - 1);
    }

    @Test
    void letsStreamsFinishWhenItEnds() throws Exception {
        start(builder -> builder.grace(Duration.ofSeconds(10)));
        Gate gate = Gate.closed();
        fixture.fake.answer(Answer.text("a", "b").holdBefore("\"b\"", gate));
        InputStream body = fixture.open(
                        "/v1/chat/completions", "{\"model\":\"chat/m1\",\"stream\":true,\"messages\":[]}")
                .body();
        GatewayFixture.readUntil(body, "\"a\"");

        CompletableFuture<Void> closing = CompletableFuture.runAsync(fixture.gateway()::close);
        assertThat(closing).isNotDone();
        gate.open();

        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).endsWith("data: [DONE]\n\n");
        closing.get(5, TimeUnit.SECONDS);
        assertThatThrownBy(this::ask).isInstanceOf(java.io.UncheckedIOException.class);
    }

    @Test
    void saysThatItsPortIsTaken() {
        start(builder -> builder);
        int taken = fixture.gateway().port();

        assertThatThrownBy(() ->
                        new GatewayFixture().start(fixture.chatProvider().build(), builder -> builder.port(taken)))
                .isInstanceOf(GatewayException.class)
                .hasMessage("the gateway cannot listen on 127.0.0.1:" + taken
                        + ": Address already in use; stop the program that listens there, or take another port");
    }
}
