package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.config.template.Environment;
import dev.patchbay.http.contract.HttpStack;
import dev.patchbay.http.contract.HttpStackContract;
import dev.patchbay.json.Json;
import dev.patchbay.provider.Definition;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Vert.x's client, as the gateway uses it, seen by a client of Messages. */
class VertxHttpStackTest extends HttpStackContract {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    protected HttpStack start(Definition provider, Environment environment) {
        GatewayFixture gateway = new GatewayFixture()
                .start(provider, builder -> builder.provider(provider.id()).environment(environment));
        return new HttpStack() {
            @Override
            public Asked ask() {
                HttpRequest request = gateway.request("/v1/messages")
                        .POST(HttpRequest.BodyPublishers.ofString(GatewayFixture.messages(true)))
                        .build();
                return new Sent(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
            }

            @Override
            public void close() {
                gateway.close();
            }
        };
    }

    private record Sent(CompletableFuture<HttpResponse<String>> answer) implements HttpStack.Asked {

        @Override
        public HttpStack.Told told() {
            HttpResponse<String> whole = answer.join();
            if (whole.statusCode() != 200) {
                return new HttpStack.Told(whole.statusCode(), "", message(Json.parse(whole.body())));
            }
            StringBuilder text = new StringBuilder();
            StringBuilder failure = new StringBuilder();
            whole.body().lines().filter(line -> line.startsWith("data:")).forEach(line -> {
                JsonNode event = Json.parse(line.substring("data:".length()));
                text.append(event.path("delta").path("text").asText(""));
                failure.append(message(event));
            });
            return new HttpStack.Told(200, text.toString(), failure.toString());
        }

        private static String message(JsonNode body) {
            return body.path("error").path("message").asText("");
        }

        /** Closes the connection, since the answer is not complete. */
        @Override
        public void leave() {
            answer.cancel(true);
        }
    }
}
