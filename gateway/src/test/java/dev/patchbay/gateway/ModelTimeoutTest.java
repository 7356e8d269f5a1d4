package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that thinks long has a time of its own until its answer begins (provider-files.md, section 2.1). */
final class ModelTimeoutTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void aSlowModelIsWaitedForLongerThanTheProvidersOthers() throws Exception {
        Gate gate = Gate.closed();
        try (FakeProvider fake = FakeProvider.start();
                Patchbay patchbay = open(fake);
                Gateway gateway = Gateway.builder(patchbay)
                        .token(Secret.of("token"))
                        .port(0)
                        .start()) {
            fake.answer(Answer.text("thought about it").holdHead(gate));

            Session slow = launch(patchbay, "slow");
            fake.takeRequest(LIMIT);
            CompletableFuture<HttpResponse<String>> slowAtGateway = ask(gateway, "slow");
            fake.takeRequest(LIMIT);

            // Whoever asks later and gives up shows that the first two have waited longer than the provider's time.
            assertThat(launch(patchbay, "quick").await().error().orElseThrow().message())
                    .contains("within 200ms");
            assertThat(ask(gateway, "quick").get().statusCode()).isEqualTo(504);

            gate.open();
            assertThat(slow.await().textSoFar()).isEqualTo("thought about it");
            assertThat(slowAtGateway.get().body()).contains("thought about it");
        }
    }

    private Patchbay open(FakeProvider fake) throws Exception {
        return Patchbay.builder()
                .withoutDiscovery()
                .config(Files.writeString(folder.resolve("p.yaml"), """
                        providers:
                          p:
                            baseUrl: "%s"
                            auth: none
                            http: {firstByteTimeout: 200ms, retries: {max: 0}}
                            models: {quick: {}, slow: {firstByteTimeout: 10m}}
                        """.formatted(fake.baseUrl("/v1"))))
                .build();
    }

    private static Session launch(Patchbay patchbay, String model) {
        return patchbay.launch(
                LaunchRequest.query("hi").provider("p").model(model).build());
    }

    private static CompletableFuture<HttpResponse<String>> ask(Gateway gateway, String model) {
        HttpRequest request = HttpRequest.newBuilder(gateway.url().resolve("/v1/chat/completions"))
                .header("authorization", "Bearer token")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\": \"p/%s\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}"
                                .formatted(model)))
                .build();
        return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }
}
