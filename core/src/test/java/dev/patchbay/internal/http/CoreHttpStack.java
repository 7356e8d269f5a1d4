package dev.patchbay.internal.http;

import dev.patchbay.codec.UpstreamError;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.http.contract.HttpStack;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Origin;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The HTTP clients as sessions use them. */
final class CoreHttpStack {

    private CoreHttpStack() {}

    /** Over blocking sockets. */
    static HttpStack start(Definition provider, Environment environment) {
        return start(provider, HttpClients.create(Proxies.of(environment)));
    }

    /** Through the JDK's client, as a host gets it that speaks HTTP/2 alone. */
    static HttpStack startJdk(Definition provider, Environment environment) {
        HttpClients clients = HttpClients.create(Proxies.of(environment));
        clients.speaksHttp2Only(Origin.of(provider.baseUrl().orElseThrow()).orElseThrow());
        return start(provider, clients);
    }

    private static HttpStack start(Definition provider, HttpClients clients) {
        ChatClient client = ProviderClients.over(clients)
                .build()
                .connect(RouteResolver.resolve(provider, RouteOverrides.none()), (attempt, wait, why) -> {});
        return new HttpStack() {
            @Override
            public Asked ask(String question) {
                return new Reading(client.stream(ChatRequest.builder("m")
                        .maxTokens(100)
                        .message(ChatMessage.user(question))
                        .build()));
            }

            @Override
            public void close() {
                client.close();
                clients.close();
            }
        };
    }

    private static final class Reading implements HttpStack.Asked {

        private final ChatStream stream;
        private final CompletableFuture<HttpStack.Told> told;

        Reading(ChatStream stream) {
            this.stream = stream;
            this.told = CompletableFuture.supplyAsync(() -> read(stream));
        }

        @Override
        public HttpStack.Told told() {
            return told.join();
        }

        @Override
        public void leave() {
            stream.close();
        }

        private static HttpStack.Told read(ChatStream stream) {
            StringBuilder text = new StringBuilder();
            try (stream) {
                for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                    if (event.get() instanceof ChatEvent.TextDelta delta) {
                        text.append(delta.text());
                    }
                }
                return new HttpStack.Told(200, text.toString(), "");
            } catch (ProviderException failure) {
                UpstreamError error = UpstreamError.of(failure);
                return new HttpStack.Told(
                        error.status(),
                        text.toString(),
                        error.message() + "; " + failure.help().orElse(""));
            }
        }
    }
}
