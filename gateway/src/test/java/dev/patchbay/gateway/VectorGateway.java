package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.vectors.ChatStreamGrammar;
import dev.patchbay.codec.vectors.Match;
import dev.patchbay.codec.vectors.MessagesAssembly;
import dev.patchbay.codec.vectors.MessagesGrammar;
import dev.patchbay.codec.vectors.NormalRequest;
import dev.patchbay.codec.vectors.Profile;
import dev.patchbay.codec.vectors.ResponsesStreamGrammar;
import dev.patchbay.codec.vectors.Upstream;
import dev.patchbay.codec.vectors.Vector;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.HttpAnswer;
import dev.patchbay.testkit.RecordedRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Plays vectors against a gateway whose one provider is that of the vector. */
final class VectorGateway implements AutoCloseable {

    private static final String CLIENT_MODEL = "client-model";

    private final GatewayFixture fixture = new GatewayFixture();
    private final AtomicReference<RegistrySnapshot> registry =
            new AtomicReference<>(RegistrySnapshot.builder().build());

    void start() {
        fixture.start(registry::get, builder -> builder.provider("vector"));
    }

    /** The differences between what a vector expects and what happens. */
    List<String> differences(Vector vector) {
        configure(vector, upstream(vector.direction()));
        return switch (vector.kind()) {
            case "request" -> request(vector);
            case "response", "error" -> answer(vector);
            case "stream" -> stream(vector);
            case "count_tokens" ->
                Match.members(
                        vector.expected(),
                        answered(fixture.post("/v1/messages/count_tokens", Json.text(vector.input()))));
            default -> List.of("nobody plays " + vector.kind());
        };
    }

    /** What the upstream speaks: the requests that come to it, or the answers that come from it. */
    private static String upstream(String direction) {
        String side = direction.endsWith("-request")
                ? direction.replaceFirst(".*->", "")
                : direction.replaceFirst("->.*", "");
        if (side.startsWith("anthropic") && !side.equals("anthropic-count-tokens")) {
            return "anthropic-messages";
        }
        return side.startsWith("openai-responses") ? "openai-responses" : "openai-chat";
    }

    private void configure(Vector vector, String dialect) {
        Definition.Builder definition = Definition.builder("vector")
                .dialect(dialect)
                .baseUrl(fixture.fake.baseUrl("/v1"))
                .quirks(Profile.values(vector))
                .http(GatewayFixture.limits(Duration.ofSeconds(10)));
        Profile.model(vector).ifPresent(definition::defaultModel);
        registry.set(RegistrySnapshot.builder().definition(definition.build()).build());
    }

    private List<String> request(Vector vector) {
        int before = fixture.fake.requests().size();
        String path = vector.direction().startsWith("anthropic")
                ? "/v1/messages"
                : vector.direction().startsWith("openai-responses") ? "/v1/responses" : "/v1/chat/completions";
        HttpResponse<String> answer = fixture.post(path, Json.text(vector.input()));
        List<RecordedRequest> requests = fixture.fake.requests();
        if (requests.size() == before) {
            return Match.members(vector.expected(), answered(answer));
        }
        JsonNode sent = Json.parse(requests.get(before).body());
        return Match.differences(NormalRequest.of(vector.expected()), NormalRequest.of(sent));
    }

    private List<String> answer(Vector vector) {
        JsonNode input = vector.input();
        String body = input.has("body_text") ? input.path("body_text").asText() : Json.text(input.path("body"));
        HttpAnswer answer = Answer.json(input.path("status").asInt(), body);
        for (var header : input.path("headers").properties()) {
            answer = answer.header(header.getKey(), header.getValue().asText());
        }
        fixture.fake.enqueue(answer);
        return Match.members(vector.expected(), answered(fixture.post(path(vector), body(vector, false))));
    }

    private List<String> stream(Vector vector) {
        JsonNode input = vector.input();
        fixture.fake.enqueue(input.has("body") ? Answer.json(200, Json.text(input.path("body"))) : lines(input));
        RawAnswer answer = fixture.receive(path(vector), body(vector, true));
        List<String> data = answer.status() == 200 ? data(answer.body()) : List.of(answer.body());
        boolean failed = data.stream().anyMatch(VectorGateway::isFailure);
        if (answer.status() == 200 && failed == answer.whole()) {
            return List.of("a connection breaks behind a failure, and only there: " + answer.body());
        }
        return switch (vector.direction()) {
            case "openai-chat-stream->anthropic-stream", "openai-responses-stream->anthropic-stream" ->
                messages(vector, answer.status(), data);
            case "anthropic-stream->openai-chat-stream", "openai-responses-stream->openai-chat-stream" ->
                Match.members(vector.expected(), ChatStreamGrammar.assemble(data));
            default -> Match.members(vector.expected(), ResponsesStreamGrammar.assemble(data));
        };
    }

    private static List<String> messages(Vector vector, int status, List<String> data) {
        List<JsonNode> events = data.stream().map(Json::parse).toList();
        MessagesAssembly assembly = MessagesAssembly.of(events);
        ObjectNode result = Json.object().put("outcome", assembly.outcome());
        result.set("message", assembly.message());
        result.set("error", assembly.error());
        result.set("partial_content", assembly.content());
        result.put("http_status", status);
        List<String> out = new ArrayList<>(MessagesGrammar.violations(events));
        out.addAll(Match.members(vector.expected(), result));
        return out;
    }

    private static boolean isFailure(String data) {
        JsonNode event = Json.tryParse(data).orElseGet(Json::object);
        return event.hasNonNull("error") || event.path("type").asText("").equals("response.failed");
    }

    private static String path(Vector vector) {
        if (vector.direction().contains("->openai-responses")) {
            return "/v1/responses";
        }
        return vector.direction().contains("->anthropic") ? "/v1/messages" : "/v1/chat/completions";
    }

    private static String body(Vector vector, boolean stream) {
        ObjectNode body = vector.clientRequest() instanceof ObjectNode given ? given.deepCopy() : Json.object();
        body.put("model", CLIENT_MODEL).put("stream", stream);
        if (vector.direction().contains("->openai-responses")) {
            return Json.text(body.put("input", "x"));
        }
        body.putArray("messages").addObject().put("role", "user").put("content", "x");
        return Json.text(body);
    }

    /** In the form of the vectors. */
    private static ObjectNode answered(HttpResponse<String> response) {
        ObjectNode answer = Json.object().put("status", response.statusCode());
        ObjectNode headers = answer.putObject("headers");
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        answer.set("body", Json.parse(response.body()));
        return answer;
    }

    private static Answer lines(JsonNode input) {
        byte[] bytes = Upstream.bytes(input);
        boolean clean = input.path("end").asText().equals("eof");
        return exchange -> {
            exchange.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + (bytes.length == 0 ? "" : Integer.toHexString(bytes.length) + "\r\n"))
                    .getBytes(StandardCharsets.UTF_8));
            exchange.write(bytes);
            if (clean) {
                exchange.write((bytes.length == 0 ? "0\r\n\r\n" : "\r\n0\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            } else {
                exchange.close();
            }
        };
    }

    private static List<String> data(String text) {
        List<String> data = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("data: ")) {
                data.add(line.substring("data: ".length()));
            }
        }
        return data;
    }

    @Override
    public void close() {
        fixture.close();
    }
}
