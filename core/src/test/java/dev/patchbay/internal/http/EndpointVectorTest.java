package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesPassthrough;
import dev.patchbay.codec.vectors.Match;
import dev.patchbay.codec.vectors.Vector;
import dev.patchbay.codec.vectors.Vectors;
import dev.patchbay.internal.route.BaseUrls;
import dev.patchbay.internal.route.DefaultAuth;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.internal.route.TestSecret;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Value;
import dev.patchbay.spi.HttpCall;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of dialects.md, section 1.9: which URL is called, with which headers. */
class EndpointVectorTest {

    static List<Vector> vectors() {
        return Vectors.topic("endpoints");
    }

    @Test
    void noVectorIsLeftOut() {
        assertThat(vectors()).hasSize(8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void isCalledAsExpected(Vector vector) {
        Route route = RouteResolver.resolve(
                definition(vector.input().get("provider")),
                RouteOverrides.model(vector.input().get("model").textValue()));

        List<String> differences = Match.differences(
                vector.expected(), request(route, vector.input().path("client_headers")));

        assertThat(differences).isEmpty();
    }

    private static Definition definition(JsonNode provider) {
        URI baseUrl = BaseUrls.parse(provider.get("base_url").textValue());
        String dialect =
                provider.path("dialect").asText("openai").equals("anthropic") ? "anthropic-messages" : "openai-chat";
        Definition.Builder definition =
                Definition.builder("vector").dialect(dialect).baseUrl(baseUrl);
        String apiKey = provider.path("api_key").asText("");
        if (!apiKey.isEmpty()) {
            SecretValue key = TestSecret.of("KEY", apiKey);
            definition.auth(auth(provider, dialect, baseUrl).withKey(key));
        }
        if (provider.hasNonNull("api_version")) {
            definition.query(Map.of(
                    "api-version", new Value.Plain(provider.get("api_version").textValue())));
        }
        return definition.build();
    }

    private static Auth auth(JsonNode provider, String dialect, URI baseUrl) {
        return switch (provider.path("auth").asText("")) {
            case "bearer" -> new Auth("bearer", Optional.empty(), Optional.empty(), Optional.empty());
            case "api-key" -> new Auth("header", Optional.empty(), Optional.of("api-key"), Optional.empty());
            default -> DefaultAuth.of(dialect, baseUrl);
        };
    }

    private static ObjectNode request(Route route, JsonNode clientHeaders) {
        Operation operation = route.operation().orElseThrow();
        OperationTarget target = route.target(operation).orElseThrow();
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(route.defaultHeaders(operation, true));
        if (operation == Operation.MESSAGES) {
            clientHeaders.properties().stream()
                    .filter(header -> MessagesPassthrough.passes(header.getKey()))
                    .forEach(header ->
                            given.put(header.getKey(), header.getValue().asText()));
        }
        HttpCall call = HttpCall.post(target.url(), new byte[0]);
        for (Map.Entry<String, String> header : given.entrySet()) {
            call = call.header(header.getKey(), header.getValue());
        }
        try (HttpClients clients = HttpClients.create()) {
            RouteTransport transport = new RouteTransport(
                    clients, route, new RequestPreparation(type -> Optional.empty()), new UsedSecrets());
            HttpCall sent =
                    transport.prepare(call, target, SecretValue::resolve).call();
            ObjectNode json = Json.object().put("url", sent.uri().toString());
            ObjectNode headers = json.putObject("headers");
            sent.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
            return json;
        }
    }
}
