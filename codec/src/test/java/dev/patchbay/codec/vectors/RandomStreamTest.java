package dev.patchbay.codec.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.chat.ChatStreamEncoder;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesStreamEncoder;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.codec.responses.ResponsesStreamEncoder;
import dev.patchbay.spi.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams cut and mangled at random: a failure has one form only, and what is sent keeps the grammar. */
class RandomStreamTest {

    private static final int ROUNDS = 300;
    private static final ChatRequest REQUEST = ChatRequest.builder("m").build();

    @Test
    void chatStreamsInAnyPiecesGiveTheSameEvents() {
        Random random = new Random(1);
        for (Vector vector : streams("openai-chat-stream->anthropic-stream")) {
            if (vector.input().has("body")) {
                continue;
            }
            String whole = played(new ChatDialect(), Upstream.bytes(vector.input()), clean(vector), Integer.MAX_VALUE);
            for (int round = 0; round < 20; round++) {
                int[] sizes = random.ints(7, 1, 40).toArray();
                String pieces = played(new ChatDialect(), Upstream.bytes(vector.input()), clean(vector), sizes);
                assertThat(pieces).as(vector.name()).isEqualTo(whole);
            }
        }
    }

    @Test
    void mangledChatStreamsKeepTheGrammar() {
        mangle(new ChatDialect(), streams("openai-chat-stream->anthropic-stream"), new Random(2));
    }

    @Test
    void mangledMessagesStreamsKeepTheGrammar() {
        mangle(new MessagesDialect(), streams("anthropic-stream->openai-chat-stream"), new Random(3));
    }

    private static void mangle(WireDialect dialect, List<Vector> vectors, Random random) {
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode input = vectors.get(random.nextInt(vectors.size())).input();
            byte[] bytes = mangled(input, vectors, random);
            boolean clean = random.nextBoolean();
            int[] sizes = random.ints(5, 1, 200).toArray();

            Upstream messages = new Upstream(dialect, REQUEST, Quirks.none(), new MessagesStreamEncoder("m"));
            messages.play(bytes, clean, sizes);
            List<JsonNode> events = messages.data().stream().map(Json::parse).toList();
            assertThat(MessagesGrammar.violations(events))
                    .as("round %d:\n%s", round, text(bytes))
                    .isEmpty();

            StreamEncoder chat = new ChatStreamEncoder("m", random.nextBoolean());
            Upstream toChat = new Upstream(dialect, REQUEST, Quirks.none(), chat);
            toChat.play(bytes, clean, sizes);
            ChatStreamGrammar.assemble(toChat.data());

            StreamEncoder responses = new ResponsesStreamEncoder(
                    ResponsesRequestReader.read(Json.object().put("input", "x")), item -> {});
            Upstream toResponses = new Upstream(dialect, REQUEST, Quirks.none(), responses);
            toResponses.play(bytes, clean, sizes);
            assertThat(ResponsesStreamGrammar.assemble(toResponses.data())
                            .path("terminal")
                            .asText())
                    .isIn("response.completed", "response.incomplete", "response.failed");
        }
    }

    private static byte[] mangled(JsonNode input, List<Vector> vectors, Random random) {
        List<String> lines = new ArrayList<>();
        input.path("lines").forEach(line -> lines.add(line.asText()));
        int changes = random.nextInt(6);
        for (int i = 0; i < changes && !lines.isEmpty(); i++) {
            change(lines, vectors, random);
        }
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static void change(List<String> lines, List<Vector> vectors, Random random) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(7)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(random.nextInt(lines.size()), line);
            case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
            case 3 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
            case 4 -> lines.set(at, replaced(line, random));
            case 5 -> lines.set(at, line.replace("\"index\":0", "\"index\":" + random.nextInt(3)));
            default -> {
                JsonNode other =
                        vectors.get(random.nextInt(vectors.size())).input().path("lines");
                lines.add(at, "");
                lines.add(
                        at,
                        other.path(random.nextInt(Math.max(1, other.size()))).asText(""));
                lines.add(at, "");
            }
        }
    }

    private static String replaced(String line, Random random) {
        String[] words = {"null", "{}", "[]", "\"\"", "0", "true", "\"x\"", "\\ud83d", "}", "\""};
        String[] targets = {"\"stop\"", "\"tool_calls\"", "\"Read\"", "null", "0", "{}", "\"a\"", "\"text\"", ":"};
        return line.replace(targets[random.nextInt(targets.length)], words[random.nextInt(words.length)]);
    }

    private static String played(WireDialect dialect, byte[] bytes, boolean clean, int... sizes) {
        Upstream upstream = new Upstream(dialect, REQUEST, Quirks.none(), new MessagesStreamEncoder("m"));
        upstream.play(bytes, clean, sizes);
        return upstream.text().replaceAll("(msg|toolu)_[A-Za-z0-9]{24}", "$1");
    }

    private static boolean clean(Vector vector) {
        return vector.input().path("end").asText().equals("eof");
    }

    private static List<Vector> streams(String direction) {
        return Vectors.all().stream()
                .filter(vector -> vector.direction().equals(direction))
                .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
