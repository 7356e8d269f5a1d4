package dev.patchbay.workbench.verify;

import dev.patchbay.internal.plugin.PluginFaults;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;
import java.util.function.Consumer;

/** One request to a dialect, from connecting to closing. Whatever shows on the way is looked into. */
final class DialectExchange {

    private static final int MOST_EVENTS = 100_000;

    private final Dialect dialect;
    private final ProviderDefinition definition;
    private final CanaryLeaks leaks;

    DialectExchange(Dialect dialect, ProviderDefinition definition, CanaryLeaks leaks) {
        this.dialect = dialect;
        this.definition = definition;
        this.leaks = leaks;
    }

    ChatClient connect(ScriptedHost host) {
        return dialect.connect(definition, host);
    }

    /** Asks a question and returns how that failed; empty if there was an answer. */
    Optional<ProviderException> failure(ScriptedHost host) {
        return collect(host, request(), event -> {});
    }

    /** Sends a request and returns how that failed; empty if there was an answer, whose events are taken. */
    Optional<ProviderException> collect(ScriptedHost host, ChatRequest request, Consumer<ChatEvent> events) {
        try {
            answer(host, request, events);
            return Optional.empty();
        } catch (ProviderException e) {
            leaks.look("an exception", e);
            return Optional.of(e);
        } finally {
            host.calls().forEach(call -> leaks.look("a URL", call.uri().toString()));
        }
    }

    private void answer(ScriptedHost host, ChatRequest request, Consumer<ChatEvent> events) {
        ChatClient client = connect(host);
        try (ChatStream stream = client.stream(request)) {
            Optional<ChatEvent> event = stream.next();
            for (int i = 0; event.isPresent() && i < MOST_EVENTS; i++) {
                leaks.look("an event", event.get().toString());
                events.accept(event.get());
                event = stream.next();
            }
        } finally {
            PluginFaults.ofClosing(client).ifPresent(fault -> leaks.look("an exception", fault));
        }
    }

    private static ChatRequest request() {
        return ChatRequest.builder("verify-model")
                .message(ChatMessage.user("a question of the verifier"))
                .maxTokens(64)
                .build();
    }
}
