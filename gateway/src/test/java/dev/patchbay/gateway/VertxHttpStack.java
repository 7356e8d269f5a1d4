package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.http.contract.HttpStack;
import dev.patchbay.provider.Definition;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Vert.x's client, as the gateway uses it, seen by a client of Messages or of chat. */
final class VertxHttpStack {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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
                HttpRequest request = gateway.request(chat ? "/v1/chat/completions" : "/v1/messages")
                        .POST(HttpRequest.BodyPublishers.ofString(asked.replace("Hi", question)))
                        .build();
                return new Sent(CLIENT.sendAsync(request, head -> new CollectedBody()));
            }

            @Override
            public void close() {
                gateway.close();
            }
        };
    }

    private record Sent(CompletableFuture<HttpResponse<CollectedBody>> answer) implements HttpStack.Asked {

        @Override
        public HttpStack.Told told() {
            HttpResponse<CollectedBody> head = answer.join();
            boolean broken = !head.body().isWhole();
            String body = head.body().text();
            if (head.statusCode() != 200) {
                return new HttpStack.Told(head.statusCode(), "", message(Json.parse(body)));
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
            if (broken == failure.isEmpty()) {
                throw new AssertionError("a connection breaks behind a failure, and only there: " + body);
            }
            return new HttpStack.Told(200, text.toString(), failure.toString());
        }

        private static String message(JsonNode body) {
            return body.path("error").path("message").asText("");
        }

        /** Closes the connection, since the answer is not complete. */
        @Override
        public void leave() {
            answer.cancel(true);
            answer.thenAccept(head -> head.body().leave());
        }
    }
}
