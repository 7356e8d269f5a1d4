package dev.patchbay.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.http.ProviderClients;
import dev.patchbay.json.Json;
import dev.patchbay.provider.Gaps;
import dev.patchbay.provider.Piece;
import dev.patchbay.route.Route;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import java.util.Optional;
import java.util.function.Function;

/** A turn of a conversation, made by the client that launches use. */
record Conversation(ProviderClients clients, Watch watch, Function<Form, ChatRequest> request)
        implements Question<Answer> {

    @Override
    public Answer ask(Route route, Form form) {
        ChatRequest asked = addressed(route, form);
        return watch.within(() -> {
            ChatClient client = clients.connect(route, (attempt, wait, failure) -> {});
            try (client;
                    ChatStream stream = client.stream(asked)) {
                return read(stream);
            }
        });
    }

    @Override
    public ObjectNode sent(Route route, Form form) {
        JsonNode body = clients.preview(route, addressed(route, form), new Gaps())
                .map(shown -> Json.parse(Piece.text(shown.body())))
                .orElseGet(Json::object);
        return body instanceof ObjectNode object ? object : Json.object();
    }

    private ChatRequest addressed(Route route, Form form) {
        return request.apply(form).toBuilder().model(route.upstreamModel()).build();
    }

    private static Answer read(ChatStream stream) {
        AnswerCollector answer = new AnswerCollector();
        int events = 0;
        for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
            answer.accept(event.get());
            events++;
        }
        return new Answer(answer.content(), answer.stopReason(), answer.usage(), events);
    }
}
