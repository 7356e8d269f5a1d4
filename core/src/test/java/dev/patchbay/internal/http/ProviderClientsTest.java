package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.internal.route.TestSecret;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.testkit.FakeProvider;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dialects and authenticators of plugins get the same transport, limits and retries as the core's own. */
class ProviderClientsTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    private final FakeProvider fake = FakeProvider.start();
    private final HttpClients clients = HttpClients.create();

    @AfterEach
    void close() {
        clients.close();
        fake.close();
    }

    @Test
    void lendsAPluginsDialectTransportSecretsAndClock() {
        Route route = route("echo", Auth.bearer(TestSecret.of("KEY", "k")));

        Optional<ChatEvent> event;
        try (ChatClient client = providers().connect(route, RetryListener.NONE);
                ChatStream stream = client.stream(question())) {
            event = stream.next();
        }

        assertThat(event).contains(ChatEvent.textDelta(0, "200 at 2026-01-01T12:00:00Z"));
        assertThat(fake.onlyRequest().header("authorization")).contains("Bearer k");
        assertThat(fake.onlyRequest().header("x-own")).contains("secret of vault:own");
    }

    @Test
    void letsAPluginsAuthenticatorSignTheRequest() {
        SecretValue key = TestSecret.of("KEY", "k");
        Route route = route("echo", new Auth("signed", Optional.of(key), Optional.of("X-Signature"), Optional.empty()));

        try (ChatClient client = providers().connect(route, RetryListener.NONE);
                ChatStream stream = client.stream(question())) {
            stream.next();
        }

        assertThat(fake.onlyRequest().header("x-signature")).contains("GET /models signed with 1 characters");
        assertThat(fake.onlyRequest().headers().contains("authorization")).isFalse();
    }

    @Test
    void saysThatNothingKnowsTheWayToAuthenticate() {
        Route route = route("openai-chat", new Auth("unknown", Optional.empty(), Optional.empty(), Optional.empty()));

        ProviderException failure = catchThrowableOfType(
                ProviderException.class,
                () -> providers().connect(route, RetryListener.NONE).stream(question())
                        .next());

        assertThat(failure.kind()).isEqualTo(Kind.AUTH);
        assertThat(failure).hasMessageContaining("'unknown'");
        assertThat(fake.connections()).isZero();
    }

    @Test
    void saysThatNothingBringsTheDialect() {
        assertThat(catchThrowableOfType(
                        ProviderException.class,
                        () -> providers().connect(route("nowhere", Auth.NONE), RetryListener.NONE)))
                .hasMessageContaining("'nowhere'");
    }

    @Test
    void asksForAKeyWhereTheFileNamesNone() {
        Route route = route("openai-chat", new Auth("bearer", Optional.empty(), Optional.empty(), Optional.empty()));

        ProviderException failure = catchThrowableOfType(
                ProviderException.class,
                () -> providers().connect(route, RetryListener.NONE).stream(question())
                        .next());

        assertThat(failure.kind()).isEqualTo(Kind.AUTH);
        assertThat(failure.help().orElseThrow()).contains("apiKey: $NAME");
        assertThat(fake.connections()).isZero();
    }

    private static ChatRequest question() {
        return ChatRequest.builder("m").message(ChatMessage.user("Hi")).build();
    }

    private ProviderClients providers() {
        return ProviderClients.over(clients)
                .dialects(id -> id.equals("echo") ? Optional.of(new Echo()) : Optional.empty())
                .authenticators(type -> type.equals("signed") ? Optional.of(new Signature()) : Optional.empty())
                .secrets(reference -> Secret.of("secret of " + reference))
                .clock(NOON)
                .build();
    }

    private Route route(String dialect, Auth auth) {
        Definition definition = Definition.builder("p")
                .dialect(dialect)
                .baseUrl(fake.baseUrl("/v1"))
                .auth(auth)
                .defaultModel("m")
                .build();
        return RouteResolver.resolve(definition, RouteOverrides.none());
    }

    /** Asks for the models and says which status it got, and when. */
    private static final class Echo implements Dialect {

        @Override
        public String id() {
            return "echo";
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            return request -> {
                HttpCall call = HttpCall.get(definition.baseUrl().orElseThrow().resolve("/models"))
                        .header(
                                "x-own",
                                context.secret(new SecretRef("vault", "own")).reveal());
                try (HttpReply reply = context.http().send(call)) {
                    String text = reply.status() + " at " + context.clock().instant();
                    return new Single(ChatEvent.textDelta(0, text));
                }
            };
        }
    }

    private static final class Single implements ChatStream {

        private final ChatEvent event;

        Single(ChatEvent event) {
            this.event = event;
        }

        @Override
        public Optional<ChatEvent> next() {
            return Optional.of(event);
        }

        @Override
        public void close() {}
    }

    private static final class Signature implements Authenticator {

        @Override
        public String type() {
            return "signed";
        }

        @Override
        public void authenticate(OutgoingRequest request, Credential credential) {
            HttpCall call = request.call();
            int length = credential.key().orElseThrow().reveal().length();
            request.setHeader(
                    credential.header().orElseThrow(),
                    call.method() + " " + call.uri().getPath() + " signed with " + length + " characters");
        }
    }
}
