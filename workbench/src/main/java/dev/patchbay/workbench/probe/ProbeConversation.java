package dev.patchbay.workbench.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.http.ProviderClients;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.SecretPlaceholders;
import dev.patchbay.provider.TextWithSecrets;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A turn of a conversation, made by the client that launches use. */
record ProbeConversation(ProviderClients clients, CallTimeLimit watch, Function<QuestionForm, ChatRequest> request)
        implements ProbeQuestion<ModelReply> {

    @Override
    public ModelReply ask(Route route, QuestionForm form) {
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
    public ObjectNode sent(Route route, QuestionForm form) {
        JsonNode body = clients.preview(route, addressed(route, form), new SecretPlaceholders())
                .map(shown -> Json.parse(text(shown.body())))
                .orElseGet(Json::object);
        return body instanceof ObjectNode object ? object : Json.object();
    }

    /** JSON again: the name of a secret cannot stand for a number. */
    private static String text(List<TextWithSecrets> body) {
        return body.stream()
                .map(piece -> piece instanceof TextWithSecrets.Gap gap && gap.bare() ? "null" : piece.toString())
                .collect(Collectors.joining());
    }

    private ChatRequest addressed(Route route, QuestionForm form) {
        return request.apply(form).toBuilder().model(route.upstreamModel()).build();
    }

    private static ModelReply read(ChatStream stream) {
        AnswerCollector answer = new AnswerCollector();
        int events = 0;
        for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
            answer.accept(event.get());
            events++;
        }
        return new ModelReply(answer.content(), answer.stopReason(), answer.usage(), events);
    }
}
