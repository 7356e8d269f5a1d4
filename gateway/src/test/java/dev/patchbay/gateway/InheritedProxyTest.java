package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that only the environment names reads what goes over plain HTTP as one does that a file names. */
@Timeout(60)
class InheritedProxyTest {

    private final GatewayFixture fixture = new GatewayFixture();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP_PROXY=http://203.0.113.9:3128",
                "http_proxy=http://proxy.example.com:3128",
                "ALL_PROXY=http://203.0.113.9:3128",
                "HTTP_PROXY=http://203.0.113.9:3128 NO_PROXY=10.1.0.0/16"
            })
    void doesNotGetAKeyUnencrypted(String variables) throws Exception {
        try (Patchbay patchbay = patchbay("apiKey: $KEY", variables)) {
            Provider provider = patchbay.registry().find("priv").orElseThrow();
            assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
            assertThat(provider.problems()).extracting(Diagnostic::code).containsExactly(Code.INSECURE_HTTP);
            assertThat(provider.reason().orElseThrow())
                    .containsIgnoringCase("_proxy")
                    .contains(":3128");
            assertThatThrownBy(() -> patchbay.client("priv/m")).isInstanceOf(ConfigurationException.class);

            fixture.start(Gateway.builder(patchbay), builder -> builder);
            assertRefused(ask("priv/m"));
        }
    }

    /** Where no file was read: the last one to know where a request goes refuses it. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages", "/v1/embeddings"})
    void doesNotGetTheKeyOfADefinitionMadeInCode(String path) {
        Definition definition = Definition.builder("priv")
                .baseUrl(URI.create("http://10.99.99.99/v1"))
                .auth(Auth.bearer(GatewayFixture.key()))
                .http(GatewayFixture.quick())
                .build();
        fixture.environment(Environment.of(Map.of("HTTP_PROXY", "http://203.0.113.9:3128")))
                .start(List.of(definition), builder -> builder.provider("priv"));

        assertRefused(fixture.post(
                path,
                "{\"model\": \"m\", \"max_tokens\": 9, \"input\": [\"Hi\"],"
                        + " \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apiKey: $KEY                          | HTTP_PROXY=http://203.0.113.9:3128 NO_PROXY=10.0.0.0/8
            apiKey: $KEY                          | HTTP_PROXY=http://10.0.0.1:3128
            apiKey: $KEY                          | HTTP_PROXY=http://127.0.0.1:3128
            apiKey: $KEY                          | HTTPS_PROXY=http://203.0.113.9:3128
            apiKey: $KEY, allowInsecureHttp: true | HTTP_PROXY=http://203.0.113.9:3128
            apiKey: $KEY, http: {proxy: none}     | HTTP_PROXY=http://203.0.113.9:3128
            auth: none                            | HTTP_PROXY=http://203.0.113.9:3128
            """)
    void mattersOnlyWhereAKeyWouldGoThroughIt(String fields, String variables) throws Exception {
        try (Patchbay patchbay = patchbay(fields, variables)) {
            assertThat(patchbay.registry().find("priv").orElseThrow().problems())
                    .isEmpty();
        }
    }

    private HttpResponse<String> ask(String model) {
        return fixture.post(
                "/v1/chat/completions",
                "{\"model\": \"" + model + "\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}");
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).contains("through the proxy");
    }

    private Patchbay patchbay(String fields, String variables) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("KEY", "sk-canary-4411aabb"));
        for (String variable : variables.split(" ", -1)) {
            environment.put(
                    variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        Path file = Files.writeString(
                folder.resolve("providers.yaml"),
                "providers:\n  priv: {baseUrl: \"http://10.99.99.99/v1\", models: [m], " + fields + "}\n");
        return Patchbay.builder()
                .withoutDiscovery()
                .config(file)
                .environment(Environment.of(environment))
                .build();
    }
}
