package dev.patchbay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions on providers that come, definition and dialect, from the example jars. */
class LaunchThroughPluginsTest {

    private static final String SIGNING_KEY = "signing-key-of-the-test";

    @TempDir
    Path folder;

    private final FakeProvider provider = FakeProvider.start();

    @BeforeEach
    void drop() throws IOException {
        ExampleJars.dropInto(folder);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void aSessionOnTheDialectOfLines() {
        provider.answer(Answer.status(200).body("text/x-lines", "say Hello, \nsay world\nused 3 5\nbye\n"));

        assertThat(answer("lines")).isEqualTo("Hello, world");

        assertThat(provider.onlyRequest().path()).isEqualTo("/v1/talk");
        assertThat(provider.onlyRequest().text()).isEqualTo("model small\nuser Say hello\n");
    }

    @Test
    void aSessionOnTheSignedDialectIsSignedAndTheKeyStaysHere() {
        provider.answer(Answer.status(200).body("application/x-ndjson", "{\"text\":\"Hello\"}\n{\"end\":\"stop\"}\n"));

        assertThat(answer("acme")).isEqualTo("Hello");

        RecordedRequest request = provider.onlyRequest();
        assertThat(request.header("X-Acme-Tenant")).contains("tenant-token-of-the-test");
        assertThat(request.header("X-Acme-Date")).isPresent();
        assertThat(request.header("X-Acme-Signature"))
                .hasValueSatisfying(signature -> assertThat(signature).matches("[0-9a-f]{64}"));
        assertThat(request.header("Authorization")).isEmpty();
        assertThat(provider.sawAnywhere(SIGNING_KEY)).isFalse();
    }

    @Test
    void theProviderFilesOfAJarWithoutClassesAreThere() {
        try (Patchbay patchbay = patchbay()) {
            assertThat(patchbay.registry().diagnostics()).isEmpty();
            assertThat(patchbay.registry().find("groq").map(Provider::state)).contains(ProviderState.READY);
            assertThat(patchbay.registry().find("azure-openai").map(Provider::state))
                    .contains(ProviderState.UNAVAILABLE);
        }
    }

    @Test
    void aJarThatGoesAwayWhileASessionUsesItIsMissedAtTheNextStartOnly() throws IOException {
        Gate gate = Gate.closed();
        provider.answer(Answer.status(200)
                .pieces("text/x-lines", "say before \n", "say after\n", "bye\n")
                .holdBefore("after", gate));

        try (Patchbay patchbay = patchbay()) {
            Session session = patchbay.launch(
                    LaunchRequest.query("Say hello").provider("lines").build());
            gate.awaitReached(Duration.ofSeconds(10));
            Files.delete(folder.resolve("line-dialect-1.0.0.jar"));
            gate.open();

            assertThat(session.await().text()).isEqualTo("before after");
        }
        try (Patchbay next = patchbay()) {
            assertThat(next.registry().find("lines")).isEmpty();
        }
    }

    private String answer(String providerId) {
        try (Patchbay patchbay = patchbay()) {
            return patchbay.launch(LaunchRequest.query("Say hello")
                            .provider(providerId)
                            .build())
                    .await()
                    .text();
        }
    }

    private Patchbay patchbay() {
        String url = provider.baseUrl("/v1").toString();
        return Patchbay.builder()
                .pluginDirectory(folder)
                .environment(Environment.of(Map.of(
                        "LINES_URL", url,
                        "ACME_URL", url,
                        "ACME_SIGNING_KEY", SIGNING_KEY,
                        "ACME_TENANT_TOKEN", "tenant-token-of-the-test",
                        "GROQ_API_KEY", "key-of-the-test")))
                .build();
    }
}
