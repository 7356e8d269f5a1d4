package dev.patchbay.codec;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.messages.MessagesStreamEncoder;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.codec.responses.ResponsesResponseWriter;
import dev.patchbay.codec.responses.ResponsesStreamEncoder;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R6 and P4: what a model says instead of an answer is no answer, which readers of schemas would take it for. */
class RefusalTest {

    private static final ChatRequest REQUEST = ChatRequest.builder("m").build();
    private static final ResponsesRequest RESPONSES = ResponsesRequestReader.read(
            json(
                    "{'model':'m','input':'x','text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object'}}}}"));

    private static final String WHOLE_CHAT =
            "{'choices':[{'index':0,'message':{'content':null,'refusal':'I will not'},'finish_reason':'stop'}]}";
    private static final List<String> CHUNKS = List.of(
            "{'choices':[{'index':0,'delta':{'refusal':'I will'}}]}",
            "{'choices':[{'index':0,'delta':{'refusal':' not'}}]}",
            "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}");

    static Stream<List<ChatEvent>> answers() {
        return Stream.of(
                events(sink -> new ChatDialect().decode(REQUEST, Quirks.none(), json(WHOLE_CHAT), sink)),
                events(sink -> feed(new ChatDialect().streamDecoder(REQUEST, Quirks.none(), sink), CHUNKS)));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isToldAsOneToResponsesClientsThatReadTheAnswerByASchema(List<ChatEvent> answer) {
        ObjectNode response = ResponsesResponseWriter.write(collected(answer), RESPONSES, item -> {});
        List<JsonNode> events = stream(new ResponsesStreamEncoder(RESPONSES, item -> {}), answer);
        JsonNode streamed = events.get(events.size() - 1).path("response");

        for (JsonNode each : List.of(response, streamed)) {
            assertThat(each.path("status").asText()).isEqualTo("completed");
            assertThat(each.path("output").path(0).path("status").asText()).isEqualTo("completed");
            assertThat(each.path("output").path(0).path("content"))
                    .isEqualTo(Json.parse("[{\"type\":\"refusal\",\"refusal\":\"I will not\"}]"));
        }
        assertThat(events.get(1).path("item").path("content")).isEmpty();
        assertThat(events.stream().map(event -> event.path("type").asText()).distinct())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.refusal.delta",
                        "response.refusal.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isTheTextOfARefusalToAnthropicsClients(List<ChatEvent> answer) {
        ObjectNode message = MessagesResponseWriter.write(collected(answer), "m");
        List<JsonNode> events = stream(new MessagesStreamEncoder("m"), answer);

        assertThat(message.path("content")).isEqualTo(Json.parse("[{\"type\":\"text\",\"text\":\"I will not\"}]"));
        assertThat(message.path("stop_reason").asText()).isEqualTo("refusal");
        assertThat(events.toString())
                .contains("{\"type\":\"text\",\"text\":\"\"}")
                .contains("\"stop_reason\":\"refusal\"");
    }

    /** Agents show the text and tell that the answer was cut; of a part that they do not know, they show nothing. */
    @ParameterizedTest
    @MethodSource("answers")
    void isAFilteredTextToOtherResponsesClients(List<ChatEvent> answer) {
        ObjectNode response = ResponsesResponseWriter.write(
                collected(answer), ResponsesRequestReader.read(json("{'model':'m','input':'x'}")), item -> {});

        assertThat(response.path("incomplete_details").path("reason").asText()).isEqualTo("content_filter");
        assertThat(response.path("output")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("I will not");
    }

    private static List<ChatEvent> events(Consumer<Consumer<ChatEvent>> decode) {
        List<ChatEvent> events = new ArrayList<>();
        decode.accept(events::add);
        return events;
    }

    private static void feed(StreamDecoder decoder, List<String> data) {
        for (String event : data) {
            byte[] bytes = ("data: " + event.replace('\'', '"') + "\n\n").getBytes(StandardCharsets.UTF_8);
            decoder.feed(bytes, 0, bytes.length);
        }
        decoder.end(true);
    }

    private static AnswerCollector collected(List<ChatEvent> events) {
        AnswerCollector answer = new AnswerCollector();
        events.forEach(answer);
        return answer;
    }

    private static List<JsonNode> stream(StreamEncoder encoder, List<ChatEvent> events) {
        StringBuilder sent = new StringBuilder();
        events.forEach(event -> sent.append(encoder.encode(event)));
        return sent.toString()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Json.parse(line.substring("data: ".length())))
                .toList();
    }
}
