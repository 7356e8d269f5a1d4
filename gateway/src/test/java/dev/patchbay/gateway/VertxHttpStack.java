package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.http.contract.HttpStack;
import dev.patchbay.provider.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Vert.x's client, as the gateway uses it, seen by a client of Messages or of chat. */
final class VertxHttpStack {

    private VertxHttpStack() {}

    /** @param chat whether the client speaks chat, so that answers of a chat provider pass through */
    static HttpStack start(Definition provider, Environment environment, boolean chat) {
        GatewayFixture gateway = new GatewayFixture()
                .environment(environment)
                .start(provider, builder -> builder.provider(provider.id()));
        return new HttpStack() {
            @Override
            public Asked ask(String question) {
                String asked = chat ? GatewayFixture.chat(true) : GatewayFixture.messages(true);
                return new Sent(
                        gateway.ask(chat ? "/v1/chat/completions" : "/v1/messages", asked.replace("Hi", question)));
            }

            @Override
            public void close() {
                gateway.close();
            }
        };
    }

    private record Sent(RawClient client) implements HttpStack.Asked {

        @Override
        public HttpStack.Told told() {
            RawAnswer answer = answer();
            String body = answer.body();
            if (answer.status() != 200) {
                return new HttpStack.Told(answer.status(), "", message(Json.parse(body)));
            }
            StringBuilder text = new StringBuilder();
            StringBuilder failure = new StringBuilder();
            body.lines().filter(line -> line.startsWith("data:")).forEach(line -> {
                JsonNode event = Json.tryParse(line.substring("data:".length())).orElseGet(Json::object);
                text.append(event.path("delta").path("text").asText(""));
                text.append(event.path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asText(""));
                failure.append(message(event));
            });
            if (answer.whole() != failure.isEmpty()) {
                throw new AssertionError("a connection breaks behind a failure, and only there: " + body);
            }
            return new HttpStack.Told(200, text.toString(), failure.toString());
        }

        private RawAnswer answer() {
            try (client) {
                return client.readWhatComes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String message(JsonNode body) {
            return body.path("error").path("message").asText("");
        }

        /** Closes the connection, since the answer is not complete. */
        @Override
        public void leave() {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
