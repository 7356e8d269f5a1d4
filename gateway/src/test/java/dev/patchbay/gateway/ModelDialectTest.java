package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model may speak another dialect than its provider (provider-files.md, section 2.1). */
final class ModelDialectTest {

    @TempDir
    Path folder;

    @Test
    void aModelIsSpokenToInItsOwnDialectByLaunchAndGateway() throws Exception {
        try (FakeProvider fake = FakeProvider.start();
                Patchbay patchbay = open("""
                        providers:
                          mixed:
                            baseUrl: "%s"
                            apiKey: $KEY
                            models: {plain: {}, claude: {upstreamId: claude-x, dialect: anthropic-messages}}
                        """.formatted(fake.baseUrl("/v1")));
                Gateway gateway = Gateway.builder(patchbay)
                        .token(Secret.of("token"))
                        .port(0)
                        .start()) {
            launch(patchbay, "plain");
            launch(patchbay, "claude");
            ask(gateway, "plain");
            ask(gateway, "claude");
            assertThat(fake.requests())
                    .extracting(RecordedRequest::path)
                    .containsExactly("/v1/chat/completions", "/v1/messages", "/v1/chat/completions", "/v1/messages");
            RecordedRequest claude = fake.requests().get(1);
            assertThat(claude.header("x-api-key")).contains("canary-key-1");
            assertThat(claude.header("anthropic-version")).isPresent();
            assertThat(claude.member("model")).contains("claude-x");
            assertThat(fake.requests().get(0).header("authorization")).contains("Bearer canary-key-1");
        }
    }

    @Test
    void aDialectThatNobodyBringsIsReportedAtItsPlace() throws Exception {
        try (Patchbay patchbay =
                open("providers: {a: {baseUrl: https://a.example, models: {m: {dialect: anthropic-mesages}}}}")) {
            assertThat(patchbay.registry().diagnostics())
                    .extracting(Diagnostic::message)
                    .anyMatch(message -> message.contains("did you mean anthropic-messages?"));
        }
    }

    private Patchbay open(String yaml) throws Exception {
        return Patchbay.builder()
                .withoutDiscovery()
                .environment(Environment.of(Map.of("KEY", "canary-key-1")))
                .config(Files.writeString(folder.resolve("p.yaml"), yaml))
                .build();
    }

    private static void launch(Patchbay patchbay, String model) {
        patchbay.launch(LaunchRequest.query("hi").provider("mixed").model(model).build())
                .await();
    }

    private static void ask(Gateway gateway, String model) throws Exception {
        String body = "{\"model\": \"mixed/" + model + "\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(gateway.url().resolve("/v1/chat/completions"))
                                .timeout(Duration.ofSeconds(20))
                                .header("authorization", "Bearer token")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(FakeProvider.DEFAULT_TEXT);
    }
}
