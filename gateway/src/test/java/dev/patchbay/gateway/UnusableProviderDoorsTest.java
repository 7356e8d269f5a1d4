package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider that is not ready is never asked, whatever it lacks and by whichever door somebody comes to it. */
@Timeout(120)
class UnusableProviderDoorsTest {

    private static final String CHAT = "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";
    private static final String MESSAGES =
            "{\"model\": \"%s\", \"max_tokens\": 9, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";
    private static final String RESPONSES = "{\"model\": \"%s\", \"input\": \"Hi\"}";
    private static final String EMBEDDINGS = "{\"model\": \"%s\", \"input\": [\"Hi\"]}";
    private static final Map<String, String> OPERATIONS = Map.of(
            "/v1/chat/completions",
            CHAT,
            "/v1/messages",
            MESSAGES,
            "/v1/messages/count_tokens",
            MESSAGES,
            "/v1/responses",
            RESPONSES,
            "/v1/embeddings",
            EMBEDDINGS);

    private final FakeProvider keyed = FakeProvider.start();
    private final FakeProvider elsewhere = FakeProvider.start();
    private final GatewayFixture fixture = new GatewayFixture();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        fixture.close();
        keyed.close();
        elsewhere.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            extends: keyed, baseUrl: "ELSEWHERE"                            | UNAVAILABLE | belongs to
            extends: keyed, baseUrl: "ELSEWHERE", headers: {X-A: b}         | UNAVAILABLE | belongs to
            extends: keyed, baseUrl: "ELSEWHERE", auth: {type: header, header: X-K} | UNAVAILABLE | belongs to
            extends: moved, baseUrl: "KEYED"                                | UNAVAILABLE | belongs to
            baseUrl: "ELSEWHERE", apiKey: $NOT_SET                          | UNAVAILABLE | NOT_SET
            baseUrl: "ELSEWHERE", apiKey: $BROKEN                           | UNAVAILABLE | BROKEN
            baseUrl: "ELSEWHERE", apiKey: your-api-key                      | INVALID     | placeholder
            baseUrl: "ELSEWHERE", apiKey: {file: /nowhere/key}              | UNAVAILABLE | /nowhere/key
            baseUrl: "ELSEWHERE", auth: none, headers: {X-A: $NOT_SET}      | UNAVAILABLE | NOT_SET
            baseUrl: "ELSEWHERE", auth: none, dialect: of-no-plugin-at-all  | UNAVAILABLE | of-no-plugin-at-all
            baseUrl: "http://192.0.2.1/v1", apiKey: $KEY                    | INVALID     | plain HTTP
            baseUrl: "ELSEWHERE", auth: none, http: {connectTimeout: 10}    | INVALID     | connectTimeout
            baseUrl: "ELSEWHERE", auth: none, enabled: false                | DISABLED    | disabled
            """)
    void refuseWithItsReason(String fields, ProviderState state, String reason) throws Exception {
        String yaml = """
                defaultProvider: bad
                providers:
                  keyed: {baseUrl: "KEYED", apiKey: $KEY, models: [m], defaultModel: m}
                  moved: {extends: keyed, baseUrl: "ELSEWHERE", defaultModel: m}
                  fails: {baseUrl: "KEYED/fails", auth: none, models: [m], defaultModel: m, fallback: [{to: bad, when: [server]}]}
                  bad: {defaultModel: m, FIELDS}
                """.replace("FIELDS", fields)
                .replace("KEYED", keyed.baseUrl("/v1").toString())
                .replace("ELSEWHERE", elsewhere.baseUrl("/v1").toString());
        keyed.answer("/fails/chat/completions", Answer.json(500, "{\"error\": {\"message\": \"broken\"}}"));
        try (Patchbay patchbay = patchbay(yaml)) {
            assertThat(patchbay.registry().find("bad").orElseThrow().state()).isEqualTo(state);
            fixture.start(Gateway.builder(patchbay), builder -> builder);
            for (Map.Entry<String, String> operation : OPERATIONS.entrySet()) {
                for (String name : new String[] {"bad/m", "m", "bad/", "default/m"}) {
                    assertRefused(
                            fixture.post(
                                    operation.getKey(), operation.getValue().formatted(name)),
                            reason);
                }
                // Whether the default provider's list holds it is not asked of it either.
                HttpResponse<String> listed =
                        fixture.post(operation.getKey(), operation.getValue().formatted("of/list"));
                assertThat(listed.statusCode()).isBetween(400, 499);
            }
            assertThat(fixture.get("/v1/models").body()).doesNotContain("bad/");
            assertRefused(fixture.get("/v1/models/bad/m"), reason);

            String viaFallback = fixture.post("/v1/chat/completions", CHAT.formatted("fails/m"))
                    .body();
            assertThat(viaFallback).contains("broken");

            assertThatThrownBy(() -> patchbay.client("bad/m")).isInstanceOf(ConfigurationException.class);
            assertThatThrownBy(() -> patchbay.client("bad/")).isInstanceOf(ConfigurationException.class);
            assertThatThrownBy(() -> patchbay.client("of/list")).isInstanceOf(ConfigurationException.class);
            assertThatThrownBy(() -> patchbay.models("bad")).isInstanceOf(ConfigurationException.class);
            assertThatThrownBy(() -> patchbay.launch(
                            LaunchRequest.query("Hi").provider("bad").build()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(reason);
        }
        try (Patchbay patchbay = patchbay(yaml);
                GatewayFixture only = new GatewayFixture()) {
            only.start(Gateway.builder(patchbay), builder -> builder.provider("bad"));
            for (Map.Entry<String, String> operation : OPERATIONS.entrySet()) {
                assertRefused(only.post(operation.getKey(), operation.getValue().formatted("any")), reason);
                assertRefused(only.post(operation.getKey(), operation.getValue().formatted("of/list")), reason);
            }
        }
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(keyed.requests()).hasSize(1);
    }

    private static void assertRefused(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.body()).contains(reason);
    }

    private Patchbay patchbay(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("providers.yaml"), yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Patchbay.builder()
                .withoutDiscovery()
                .config(file)
                .environment(Environment.of(Map.of("KEY", "sk-canary-4411aabb", "BROKEN", "sk-canary\u0001aabb")))
                .build();
    }
}
