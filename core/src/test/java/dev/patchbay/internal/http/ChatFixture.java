package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.internal.route.TestSecret;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.provider.Timeout;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.FakeProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A client of the core's own dialects against a fake provider. */
final class ChatFixture implements AutoCloseable {

    static final String CANARY = "canary-7f3a91";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(15);

    final FakeProvider fake = FakeProvider.start();
    final HttpClients clients = HttpClients.create();
    final ProviderClients providers = ProviderClients.over(clients).build();
    final List<Duration> waits = new ArrayList<>();

    Definition.Builder definition() {
        return Definition.builder("fake")
                .baseUrl(fake.baseUrl("/v1"))
                .keyUrl("https://fake.example/keys")
                .defaultModel("m")
                .http(quick(0))
                .auth(Auth.bearer(TestSecret.of("FAKE_KEY", CANARY)));
    }

    /** So many retries after 10 ms, and time-outs that no test reaches. */
    static HttpSettings quick(int retries) {
        return settings(retries, LONG, LONG);
    }

    /** Waits 300 ms for an answer to begin. */
    static HttpSettings impatientForTheHead() {
        return settings(0, SHORT, LONG);
    }

    /** Waits 300 ms for an answer to go on. */
    static HttpSettings impatientForMore() {
        return settings(0, LONG, SHORT);
    }

    private static HttpSettings settings(int retries, Duration firstByte, Duration idle) {
        RetryPolicy policy = new RetryPolicy(
                retries,
                Set.of(408, 429, 500, 502, 503, 529),
                true,
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofSeconds(2));
        return new HttpSettings(
                Timeout.of(LONG), Optional.of(Timeout.of(firstByte)), Timeout.of(idle), Timeout.OFF, policy);
    }

    ChatClient client(Definition definition) {
        return providers.connect(
                RouteResolver.resolve(definition, RouteOverrides.none()), (attempt, wait, why) -> waits.add(wait));
    }

    ChatStream stream(Definition definition) {
        return client(definition).stream(request().build());
    }

    static ChatRequest.Builder request() {
        return ChatRequest.builder("m").maxTokens(100).message(ChatMessage.user("Hi"));
    }

    String answer(Definition definition) {
        try (ChatStream stream = stream(definition)) {
            return text(stream);
        }
    }

    ProviderException failure(Definition definition) {
        try (ChatStream stream = stream(definition)) {
            return catchThrowableOfType(ProviderException.class, () -> text(stream));
        }
    }

    static String text(ChatStream stream) {
        StringBuilder text = new StringBuilder();
        for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
            if (event.get() instanceof ChatEvent.TextDelta delta) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }

    /** All that a failure could print anywhere. */
    static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        if (failure instanceof ProviderException provider) {
            provider.help().ifPresent(text::append);
        }
        return text.toString();
    }

    @Override
    public void close() {
        clients.close();
        fake.close();
    }
}
