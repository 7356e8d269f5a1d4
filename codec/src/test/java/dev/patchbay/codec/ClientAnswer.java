package dev.patchbay.codec;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.chat.ChatResponseWriter;
import dev.patchbay.codec.chat.ChatStreamEncoder;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.messages.MessagesStreamEncoder;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.codec.responses.ResponsesResponseWriter;
import dev.patchbay.codec.responses.ResponsesStreamEncoder;
import dev.patchbay.codec.vectors.ChatStreamGrammar;
import dev.patchbay.codec.vectors.MessagesAssembly;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each kind of client has of an answer in the end, in one line; whole and streamed answers are checked to say the same. */
final class ClientAnswer {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("m").tool(Tool.of("find", "", Map.of())).build();

    private final WireDialect upstream;
    private final ObjectNode whole;
    private final List<ObjectNode> stream;

    ClientAnswer(String upstream, SampleAnswer answer) {
        this(upstream, answer.whole(upstream), answer.stream(upstream));
    }

    ClientAnswer(String upstream, ObjectNode whole, List<ObjectNode> stream) {
        this.upstream = Dialects.find(upstream).orElseThrow();
        this.whole = whole;
        this.stream = stream;
    }

    /** The content, {@code !} and the refusal, {@code ~} and the thinking, {@code @} and the ids of calls, and the finish reason. */
    String chat() {
        JsonNode choice = ChatResponseWriter.write(collected(), "m").at("/choices/0");
        ObjectNode streamed = ChatStreamGrammar.assemble(data(new ChatStreamEncoder("m", true)));
        assertThat(chat(streamed.path("message"), streamed.path("finish_reason").asText()))
                .as("streamed")
                .isEqualTo(chat(
                        choice.path("message"), choice.path("finish_reason").asText()));
        assertThat(streamed.at("/usage/total_tokens").asInt()).isEqualTo(12);
        return chat(choice.path("message"), choice.path("finish_reason").asText());
    }

    private static String chat(JsonNode message, String finish) {
        List<String> said = new ArrayList<>();
        said(message, "content", "", said);
        said(message, "refusal", "!", said);
        said(message, "reasoning_content", "~", said);
        message.path("tool_calls")
                .forEach(call -> said.add("@" + call.path("id").asText()));
        said.add(finish);
        return String.join(" ", said);
    }

    private static void said(JsonNode message, String member, String sign, List<String> said) {
        String text = message.path(member).asText("");
        if (!text.isEmpty()) {
            said.add(sign + visible(text));
        }
    }

    private static String visible(String text) {
        return text.replace("\n", "\\n");
    }

    /** The blocks, and the stop reason. */
    String messages() {
        MessagesStreamEncoder encoder = new MessagesStreamEncoder("m");
        JsonNode streamed = MessagesAssembly.of(
                        data(encoder).stream().map(Json::parse).toList())
                .message();
        ObjectNode message = MessagesResponseWriter.write(collected(), "m");
        assertThat(messages(streamed)).as("streamed").isEqualTo(messages(message));
        return messages(message);
    }

    private static String messages(JsonNode message) {
        List<String> said = new ArrayList<>();
        for (JsonNode block : message.path("content")) {
            said.add(
                    switch (block.path("type").asText()) {
                        case "text" -> "[" + visible(block.path("text").asText()) + "]";
                        case "thinking" -> "~" + block.path("thinking").asText();
                        case "tool_use" -> "@" + block.path("id").asText();
                        default -> block.path("type").asText();
                    });
        }
        said.add(message.path("stop_reason").asText());
        return String.join(" ", said);
    }

    /**
     * The items with the parts of messages in brackets, and the status; the reason where it is not whole. Behind {@code <} is a
     * comment, behind {@code >} the answer, behind {@code …} what is incomplete.
     */
    String responses(boolean bySchema) {
        ResponsesRequest request = ResponsesRequestReader.read(json("{'model':'m','input':'x'"
                + (bySchema ? ",'text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object'}}}" : "")
                + "}"));
        String told = responses(ResponsesResponseWriter.write(collected(), request, item -> {}));
        List<JsonNode> events = data(new ResponsesStreamEncoder(request, item -> {})).stream()
                .map(Json::parse)
                .toList();
        JsonNode last = events.get(events.size() - 1).path("response");
        assertThat(responses(last)).as("streamed").isEqualTo(told);
        assertThat(pieces(events)).as("pieces").isEqualTo(parts(last.path("output")));
        return told;
    }

    private static String responses(JsonNode response) {
        List<String> said = new ArrayList<>();
        for (JsonNode item : response.path("output")) {
            String mark = item.path("status").asText().equals("completed") ? "" : "…";
            said.add(mark
                    + switch (item.path("type").asText()) {
                        case "message" -> phase(item) + message(item.path("content"));
                        case "reasoning" -> "~" + item.at("/summary/0/text").asText();
                        case "function_call" -> "@" + item.path("call_id").asText();
                        default -> item.path("type").asText();
                    });
        }
        String status = response.path("status").asText();
        said.add(
                status.equals("incomplete")
                        ? response.at("/incomplete_details/reason").asText()
                        : status);
        assertThat(response.at("/usage/total_tokens").asInt()).isEqualTo(12);
        return String.join(" ", said);
    }

    private static String phase(JsonNode item) {
        return switch (item.path("phase").asText("")) {
            case "commentary" -> "<";
            case "final_answer" -> ">";
            default -> "";
        };
    }

    private static String message(JsonNode parts) {
        StringBuilder said = new StringBuilder();
        for (JsonNode part : parts) {
            said.append(
                    part.has("refusal")
                            ? "[!" + visible(part.path("refusal").asText()) + "]"
                            : "[" + visible(part.path("text").asText()) + "]");
        }
        return said.toString();
    }

    /** The texts and sources that the pieces of a stream make, by the places that they name. */
    private static Map<String, String> pieces(List<JsonNode> events) {
        Map<String, String> pieces = new HashMap<>();
        for (JsonNode event : events) {
            String place = event.path("output_index").asInt() + "/"
                    + event.path("content_index").asInt();
            switch (event.path("type").asText()) {
                case "response.content_part.added" ->
                    assertThat(pieces.put(place, "")).as("twice: " + place).isNull();
                case "response.output_text.delta", "response.refusal.delta" ->
                    pieces.merge(place, event.path("delta").asText(), String::concat);
                case "response.output_text.annotation.added" ->
                    pieces.merge(
                            place + "/" + event.path("annotation_index").asInt(),
                            event.path("annotation").toString(),
                            String::concat);
                default -> {}
            }
        }
        return pieces;
    }

    private static Map<String, String> parts(JsonNode output) {
        Map<String, String> parts = new HashMap<>();
        for (int item = 0; item < output.size(); item++) {
            JsonNode content = output.path(item).path("content");
            for (int part = 0; part < content.size(); part++) {
                String place = item + "/" + part;
                String member = content.path(part).has("refusal") ? "refusal" : "text";
                parts.put(place, content.path(part).path(member).asText());
                JsonNode annotations = content.path(part).path("annotations");
                for (int at = 0; at < annotations.size(); at++) {
                    parts.put(place + "/" + at, annotations.path(at).toString());
                }
            }
        }
        return parts;
    }

    /** The whole answer, put together. */
    AnswerCollector collected() {
        AnswerCollector answer = new AnswerCollector();
        upstream.decode(REQUEST, Quirks.none(), whole, answer);
        return answer;
    }

    /** The data of the stream that a client gets. */
    List<String> data(StreamEncoder encoder) {
        StringBuilder sent = new StringBuilder();
        StreamDecoder decoder =
                upstream.streamDecoder(REQUEST, Quirks.none(), event -> sent.append(encoder.encode(event)));
        for (ObjectNode event : stream) {
            decoder.line("data: " + Json.text(event));
            decoder.line("");
        }
        if (!decoder.isDone()) {
            decoder.end(true);
        }
        return sent.toString()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }
}
