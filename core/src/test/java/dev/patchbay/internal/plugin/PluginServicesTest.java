package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretSource;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an authenticator and a secret source are lent, and how often they are asked. */
class PluginServicesTest {

    @TempDir
    Path folder;

    private final FakeProvider provider = FakeProvider.start();
    private final FakeProvider tokens = FakeProvider.start();
    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private Optional<Duration> lifetime = Optional.empty();

    @AfterEach
    void stop() {
        provider.close();
        tokens.close();
    }

    @Test
    void anAuthenticatorHasOptionsATransportWithoutCredentialsAndTheKeyOnce() throws IOException {
        provider.answer(Answer.text("fine"));
        tokens.answer(Answer.status(200).body("text/plain", "token-7"));

        try (Patchbay patchbay = patchbay()) {
            assertThat(ask(patchbay)).isEqualTo("fine");
        }

        assertThat(provider.onlyRequest().header("X-Token")).contains("token-7 eu key-of-path/field");
        assertThat(tokens.onlyRequest().header("Authorization")).isEmpty();
        assertThat(tokens.onlyRequest().header("X-Of-The-Provider")).isEmpty();
        assertThat(lookups).hasValue(1);
        assertThat(closed).hasValue(2);
    }

    @Test
    void aSecretWithoutALifetimeIsAskedForOnceACall() throws IOException {
        provider.answer(Answer.text("fine"));
        tokens.answer(Answer.status(200).body("text/plain", "t"));

        try (Patchbay patchbay = patchbay()) {
            ask(patchbay);
            ask(patchbay);
        }

        assertThat(lookups).hasValue(2);
    }

    @Test
    void aSecretWithALifetimeIsKeptAsLong() throws IOException {
        lifetime = Optional.of(Duration.ofMinutes(5));
        provider.answer(Answer.text("fine"));
        tokens.answer(Answer.status(200).body("text/plain", "t"));

        try (Patchbay patchbay = patchbay()) {
            ask(patchbay);
            ask(patchbay);
        }

        assertThat(lookups).hasValue(1);
    }

    @Test
    void anOptionThatTheSourceDoesNotDeclareIsAnError() throws IOException {
        try (Patchbay patchbay = patchbay("{vault: path, fjeld: x}")) {
            assertThat(patchbay.registry().diagnostics().toString()).contains("fjeld", "field");
        }
    }

    private static String ask(Patchbay patchbay) {
        return patchbay.launch(
                        LaunchRequest.query("Hi").provider("acme").model("m").build())
                .await()
                .text();
    }

    private Patchbay patchbay() throws IOException {
        return patchbay("{vault: path, field: field}");
    }

    private Patchbay patchbay(String key) throws IOException {
        Path file = Files.writeString(
                folder.resolve("acme.yaml"),
                """
                providers:
                  acme:
                    baseUrl: BASE
                    auth: {type: token, key: KEY}
                    headers: {x-of-the-provider: here}
                    options: {region: eu}
                """.replace("BASE", provider.baseUrl("/v1").toString()).replace("KEY", key));
        return Patchbay.builder()
                .withoutDiscovery()
                .plugin(new Services())
                .config(file)
                .build();
    }

    private final class Services implements ProviderPlugin {

        @Override
        public String id() {
            return "services";
        }

        @Override
        public List<Authenticator> authenticators() {
            return List.of(new Token());
        }

        @Override
        public List<SecretSource> secretSources() {
            return List.of(new Vault());
        }
    }

    /** Fetches a token and sends it with what else it knows. */
    private final class Token implements Authenticator {

        @Override
        public String type() {
            return "token";
        }

        @Override
        public List<Option> options() {
            return List.of(Option.of("region", Option.Type.STRING).describedAs("Where."));
        }

        @Override
        public void authenticate(OutgoingRequest request, Credential credential) {
            URI uri = tokens.baseUrl("/token");
            try (HttpReply reply = credential.context().http().send(HttpCall.get(uri))) {
                String token = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(credential.key().orElseThrow())
                        .isSameAs(credential.key().orElseThrow());
                request.setHeader(
                        "X-Token",
                        token + " " + credential.options().string("region").orElse("-") + " "
                                + credential.key().orElseThrow().reveal());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private final class Vault implements SecretSource {

        @Override
        public String scheme() {
            return "vault";
        }

        @Override
        public List<Option> options() {
            return List.of(Option.of("field", Option.Type.STRING).describedAs("Which field."));
        }

        @Override
        public Secret resolve(Request request) {
            lookups.incrementAndGet();
            assertThat(request.context().clock()).isNotNull();
            Secret secret = Secret.of("key-of-" + request.reference() + "/"
                    + request.options().string("field").orElse("-"));
            return lifetime.map(secret::validFor).orElse(secret);
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
