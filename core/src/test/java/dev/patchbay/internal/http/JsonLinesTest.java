package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Framing;
import dev.patchbay.codec.OperationPath;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.WholeBlocks;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dialect that frames its streams as lines of JSON: they stream, whatever the first line looks like. */
class JsonLinesTest {

    private final ChatFixture chat = new ChatFixture();

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void passesALineOnBeforeTheNextHasCome() throws Exception {
        Gate gate = Gate.closed();
        chat.fake.answer(exchange -> {
            exchange.write(("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n"
                            + "{\"text\":\"first\"}\n")
                    .getBytes(StandardCharsets.UTF_8));
            exchange.hold(gate);
            exchange.write("{\"text\":\"second\",\"done\":true}\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });

        try (ChatClient client = client();
                ChatStream stream = client.stream(ChatFixture.request().build())) {
            List<String> texts = new ArrayList<>();
            Optional<ChatEvent> next = stream.next();
            while (texts.isEmpty()) {
                text(next, texts);
                next = stream.next();
            }
            assertThat(texts).containsExactly("first");
            gate.open();
            while (next.isPresent()) {
                text(next, texts);
                next = stream.next();
            }
            assertThat(texts).containsExactly("first", "second");
        }
    }

    @Test
    void readsOneValueWhereNoStreamWasAskedFor() {
        chat.fake.answer(Answer.json(200, "{\"text\":\"all\",\"done\":true}"));

        try (ChatClient client = client();
                ChatStream stream =
                        client.stream(ChatFixture.request().stream(false).build())) {
            List<String> texts = new ArrayList<>();
            for (Optional<ChatEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
                text(next, texts);
            }
            assertThat(texts).containsExactly("all");
        }
    }

    private static void text(Optional<ChatEvent> event, List<String> texts) {
        if (event.isPresent() && event.get() instanceof ChatEvent.TextDelta delta) {
            texts.add(delta.text());
        }
    }

    private ChatClient client() {
        Route route = RouteResolver.resolve(chat.definition().build(), RouteOverrides.none());
        return new HttpChatClient(
                route,
                new LinesDialect(),
                new RouteTransport(
                        chat.clients, route, new RequestPreparation(type -> Optional.empty()), new UsedSecrets()),
                new UsedSecrets());
    }

    /** As small as a dialect can be. */
    private static final class LinesDialect implements WireDialect {

        @Override
        public String id() {
            return "lines";
        }

        @Override
        public String operation() {
            return "chat";
        }

        @Override
        public Optional<OperationPath> path(String operation, boolean stream) {
            return Optional.of(new OperationPath(OperationPath.Root.BASE, "/lines"));
        }

        @Override
        public Framing framing() {
            return Framing.LINES;
        }

        @Override
        public ObjectNode encode(ChatRequest request, Quirks quirks, DroppedMembers dropped) {
            return Json.object().put("model", request.model());
        }

        @Override
        public void decode(ChatRequest request, Quirks quirks, JsonNode body, Consumer<ChatEvent> sink) {
            begin(sink);
            new WholeBlocks(sink).text(body.path("text").asText());
            end(sink);
        }

        @Override
        public StreamDecoder streamDecoder(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
            WholeBlocks blocks = new WholeBlocks(sink);
            begin(sink);
            return new StreamDecoder() {

                private final StringBuilder held = new StringBuilder();
                private boolean done;

                @Override
                public void feed(byte[] bytes, int offset, int length) {
                    held.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
                    for (int at = held.indexOf("\n"); at >= 0; at = held.indexOf("\n")) {
                        String line = held.substring(0, at);
                        held.delete(0, at + 1);
                        line(line);
                    }
                }

                @Override
                public void line(String line) {
                    JsonNode value = Json.parse(line);
                    blocks.text(value.path("text").asText());
                    if (value.path("done").asBoolean()) {
                        done = true;
                        LinesDialect.end(sink);
                    }
                }

                @Override
                public void end(boolean clean) {}

                @Override
                public boolean isWhole() {
                    return false;
                }

                @Override
                public boolean isDone() {
                    return done;
                }
            };
        }

        private static void begin(Consumer<ChatEvent> sink) {
            sink.accept(ChatEvent.started());
        }

        private static void end(Consumer<ChatEvent> sink) {
            sink.accept(ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()));
            sink.accept(ChatEvent.stopped());
        }
    }
}
