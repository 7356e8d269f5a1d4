package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.template.Environment;
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

/**
 * Whoever names a provider that cannot be used is told why with a status that no client takes for a reason to try again: 401 where
 * its key is the matter, else 400, and 404 for one that is switched off. Nothing is sent, to it or to another one.
 */
@Timeout(60)
class UnusableProviderTest {

    private final FakeProvider fake = FakeProvider.start();
    private final GatewayFixture fixture = new GatewayFixture();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        fixture.close();
        fake.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    apiKey: $NOT_SET                            | 401 | NOT_SET
                    apiKey: {command: [/nowhere/at-all]}        | 401 | /nowhere/at-all
                    apiKey: {command: ["false"]}                | 401 | false
                    apiKey: {file: /nowhere/key}                | 401 | /nowhere/key
                    headers: {X-Team: $NOT_SET}                 | 401 | NOT_SET
                    apiKey: your-api-key                        | 401 | placeholder
                    apiKey: {vault: x}                          | 401 | vault
                    http: {connectTimeout: 10}                  | 400 | connectTimeout
                    dialect: nobodys                            | 400 | nobodys
                    extends: nobody                             | 404 | nobody
                    model: [1, 2]                               | 400 | model
                    aliases: {m: m}                             | 400 | m
                    enabled: false                              | 404 | disabled
                    """)
    void isNamedWithItsReason(String field, int status, String reason) throws Exception {
        String yaml = """
                defaultProvider: good
                providers:
                  good: {baseUrl: "%s", auth: none, defaultModel: m}
                  bad: {baseUrl: "%s", models: [m], %s}
                """.formatted(fake.baseUrl("/v1"), fake.baseUrl("/v1"), field);
        try (Patchbay patchbay = patchbay(yaml)) {
            fixture.start(Gateway.builder(patchbay), builder -> builder);
            HttpResponse<String> answer = fixture.post("/v1/chat/completions", """
                    {"model": "bad/m", "messages": [{"role": "user", "content": "Hi"}]}
                    """);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(Json.parse(answer.body()).path("error").path("message").asText())
                    .contains(reason);
        }
        assertThat(fake.requests()).isEmpty();
    }

    private Patchbay patchbay(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("providers.yaml"), yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Patchbay.builder()
                .withoutDiscovery()
                .config(file)
                .environment(Environment.of(Map.of()))
                .build();
    }
}
