package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.spi.SecretSource;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
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
    void aDialectWithAClientOfItsOwnHasASecretLookedUpOnceACall() throws IOException {
        Path file = Files.writeString(
                folder.resolve("own.yaml"),
                "providers:\n  acme:\n    dialect: own\n    options: {token: {vault: path}}\n");
        try (Patchbay patchbay = Patchbay.builder()
                .withoutDiscovery()
                .plugin(new Services())
                .config(file)
                .build()) {
            assertThat(ask(patchbay)).isEqualTo("key-of-path/-");
            assertThat(lookups).hasValue(1);

            assertThat(ask(patchbay)).isEqualTo("key-of-path/-");
            assertThat(lookups).hasValue(2);
        }
    }

    @Test
    void aReloadKeepsTheSourceOpenAndTheEndClosesItOnce() throws IOException {
        provider.answer(Answer.text("fine"));
        tokens.answer(Answer.status(200).body("text/plain", "t"));
        Patchbay patchbay = Patchbay.builder()
                .withoutDiscovery()
                .plugin(new Services())
                .config(file("{vault: path, field: field}"))
                .watch(reload -> {})
                .build();
        ask(patchbay);

        file("{vault: other, field: field}");
        patchbay.reload();
        assertThat(closed).hasValue(0);
        ask(patchbay);
        patchbay.close();
        patchbay.close();

        assertThat(lookups).hasValue(2);
        assertThat(closed).hasValue(2);
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
        return Patchbay.builder()
                .withoutDiscovery()
                .plugin(new Services())
                .config(file(key))
                .build();
    }

    private Path file(String key) throws IOException {
        return Files.writeString(
                folder.resolve("acme.yaml"),
                """
                providers:
                  acme:
                    baseUrl: BASE
                    auth: {type: token, key: KEY}
                    headers: {x-of-the-provider: here}
                    options: {region: eu}
                """.replace("BASE", provider.baseUrl("/v1").toString()).replace("KEY", key));
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
        public List<Dialect> dialects() {
            return List.of(new Own());
        }

        @Override
        public List<SecretSource> secretSources() {
            return List.of(new Vault());
        }
    }

    /** Answers with its secret, which it asks for again and again. */
    private static final class Own implements Dialect {

        @Override
        public String id() {
            return "own";
        }

        @Override
        public boolean needsBaseUrl() {
            return false;
        }

        @Override
        public List<Option> options() {
            return List.of(Option.of("token", Option.Type.SECRET).describedAs("The token."));
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            SecretRef token = definition.options().secret("token").orElseThrow();
            Secret connected = context.secret(token);
            return request -> {
                assertThat(context.secret(token).reveal()).isEqualTo(connected.reveal());
                Iterator<ChatEvent> events = List.of(
                                ChatEvent.started("a", "m", Usage.unknown()),
                                ChatEvent.blockStarted(0, ContentBlock.text("")),
                                ChatEvent.textDelta(0, context.secret(token).reveal()),
                                ChatEvent.blockStopped(0),
                                ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()),
                                ChatEvent.stopped())
                        .iterator();
                return new ChatStream() {
                    @Override
                    public Optional<ChatEvent> next() {
                        return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
                    }

                    @Override
                    public void close() {}
                };
            };
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
