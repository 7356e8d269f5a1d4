package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An upstream that has {@code /v1/responses} alone and is as strict as OpenAI's: unknown members, calls without outputs, outputs
 * without calls, reasoning without what it led to and tools whose {@code strict} is left open are a 400; all other paths a 404.
 */
record StrictResponses(List<ObjectNode> output, String status, List<String> events, boolean breaks) implements Answer {

    private static final Set<String> MEMBERS = Set.of(
            "model",
            "input",
            "instructions",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "max_output_tokens",
            "temperature",
            "top_p",
            "reasoning",
            "text",
            "stream",
            "store",
            "include",
            "safety_identifier");
    private static final Map<String, Set<String>> ITEMS = Map.of(
            "message", Set.of("type", "role", "content", "id", "status"),
            "function_call", Set.of("type", "call_id", "name", "arguments", "id", "status"),
            "function_call_output", Set.of("type", "call_id", "output"),
            "reasoning", Set.of("type", "id", "summary", "encrypted_content"));
    private static final Map<String, Set<String>> PARTS = Map.of(
            "input_text", Set.of("type", "text"),
            "output_text", Set.of("type", "text", "annotations"),
            "input_image", Set.of("type", "image_url", "detail"),
            "input_file", Set.of("type", "filename", "file_data", "file_url"));
    private static final Set<String> TOOL = Set.of("type", "name", "description", "parameters", "strict");

    /** Answers with these items, whole or streamed as the client asks. */
    static StrictResponses answering(String... items) {
        List<ObjectNode> output = new ArrayList<>();
        for (String item : items) {
            output.add((ObjectNode) Json.parse(item.replace('\'', '"')));
        }
        return new StrictResponses(output, "completed", List.of(), false);
    }

    /** Streams these events, or sends half a body, and then breaks the connection or just ends. */
    static StrictResponses sending(boolean breaks, String... events) {
        return new StrictResponses(List.of(), "completed", List.of(events), breaks);
    }

    StrictResponses incomplete() {
        return new StrictResponses(output, "incomplete", events, breaks);
    }

    @Override
    public void send(Exchange exchange) throws IOException {
        if (!exchange.request().path().equals("/v1/responses")) {
            Answer.json(404, "{\"error\":{\"message\":\"not here\",\"type\":\"invalid_request_error\",\"code\":null}}")
                    .send(exchange);
            return;
        }
        JsonNode request = Json.parse(exchange.request().body());
        List<String> complaints = new ArrayList<>();
        check(request, complaints);
        if (!complaints.isEmpty()) {
            ObjectNode error = Json.object();
            error.putObject("error")
                    .put("message", complaints.get(0))
                    .put("type", "invalid_request_error")
                    .putNull("code");
            Answer.json(400, Json.text(error)).send(exchange);
            return;
        }
        boolean stream = request.path("stream").asBoolean();
        String body = stream ? stream() : Json.text(response());
        String type = stream ? "text/event-stream" : "application/json";
        boolean cut = !events.isEmpty() && !stream;
        byte[] bytes = (cut ? body.substring(0, body.length() / 2) : body).getBytes(StandardCharsets.UTF_8);
        exchange.write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(bytes.length) + "\r\n")
                .getBytes(StandardCharsets.UTF_8));
        exchange.write(bytes);
        if (breaks || cut) {
            exchange.close();
        } else {
            exchange.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private ObjectNode response() {
        ObjectNode response =
                Json.object().put("id", "resp_1").put("object", "response").put("model", "gpt-x");
        response.put("status", status).putNull("error");
        if (status.equals("incomplete")) {
            response.putObject("incomplete_details").put("reason", "max_output_tokens");
        }
        output.forEach(response.putArray("output")::add);
        ObjectNode usage = response.putObject("usage").put("input_tokens", 30).put("output_tokens", 7);
        usage.putObject("input_tokens_details").put("cached_tokens", 10);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 4);
        return response;
    }

    private String stream() {
        StringBuilder stream = new StringBuilder();
        event(
                stream,
                "response.created",
                Json.object().<ObjectNode>set("response", Json.object().put("id", "resp_1")));
        if (!events.isEmpty()) {
            events.forEach(event -> {
                JsonNode node = Json.parse(event.replace('\'', '"'));
                event(stream, node.path("type").asText(), (ObjectNode) node);
            });
            return stream.toString();
        }
        int index = 0;
        for (ObjectNode item : output) {
            ObjectNode begun = item.deepCopy();
            begun.remove(List.of("content", "arguments", "encrypted_content"));
            event(stream, "response.output_item.added", of(index, begun));
            pieces(stream, index, item);
            event(stream, "response.output_item.done", of(index, item));
            index++;
        }
        event(stream, "response." + status, Json.object().<ObjectNode>set("response", response()));
        return stream.toString();
    }

    private static void pieces(StringBuilder stream, int index, ObjectNode item) {
        switch (item.path("type").asText()) {
            case "message" -> {
                JsonNode part = item.path("content").path(0);
                boolean refusal = part.has("refusal");
                String text = part.path(refusal ? "refusal" : "text").asText();
                deltas(stream, refusal ? "response.refusal.delta" : "response.output_text.delta", index, text);
            }
            case "function_call" ->
                deltas(
                        stream,
                        "response.function_call_arguments.delta",
                        index,
                        item.path("arguments").asText());
            case "reasoning" ->
                deltas(
                        stream,
                        "response.reasoning_summary_text.delta",
                        index,
                        item.path("summary").path(0).path("text").asText());
            default -> {}
        }
    }

    private static void deltas(StringBuilder stream, String type, int index, String text) {
        int half = text.length() / 2;
        for (String piece : List.of(text.substring(0, half), text.substring(half))) {
            event(stream, type, Json.object().put("output_index", index).put("delta", piece));
        }
    }

    private static ObjectNode of(int index, ObjectNode item) {
        ObjectNode event = Json.object().put("output_index", index);
        event.set("item", item);
        return event;
    }

    private static void event(StringBuilder stream, String type, ObjectNode data) {
        stream.append("event: ").append(type).append("\ndata: ");
        stream.append(Json.text(Json.object().put("type", type).<ObjectNode>setAll(data)))
                .append("\n\n");
    }

    private static void check(JsonNode request, List<String> complaints) {
        unknown("", request, MEMBERS, complaints);
        if (request.path("store").asBoolean(true)) {
            complaints.add("store: the items of this organization are never kept");
        }
        if (request.has("max_output_tokens")
                && request.path("max_output_tokens").asInt() < 16) {
            complaints.add("Invalid 'max_output_tokens': integer below minimum value.");
        }
        for (JsonNode tool : request.path("tools")) {
            unknown("tools", tool, TOOL, complaints);
            if (!tool.has("strict")) {
                complaints.add("tools: strict is left open");
            }
        }
        Set<String> open = new LinkedHashSet<>();
        String before = "";
        for (JsonNode item : request.path("input")) {
            String type = item.path("type").asText();
            unknown("input", item, ITEMS.getOrDefault(type, Set.of()), complaints);
            if (before.equals("reasoning")
                    && !type.equals("function_call")
                    && !item.path("role").asText().equals("assistant")) {
                complaints.add("Item of type 'reasoning' was provided without its required following item.");
            }
            if (type.equals("function_call")) {
                open.add(item.path("call_id").asText());
            } else if (type.equals("function_call_output")
                    && !open.remove(item.path("call_id").asText())) {
                complaints.add("No tool call found for function call output with call_id " + item.path("call_id"));
            }
            JsonNode parts = type.equals("message") ? item.path("content") : item.path("output");
            if (parts.isArray()) {
                parts.forEach(part -> unknown(
                        "content", part, PARTS.getOrDefault(part.path("type").asText(), Set.of()), complaints));
            }
            before = type;
        }
        open.forEach(id -> complaints.add("No tool output found for function call " + id));
    }

    private static void unknown(String where, JsonNode node, Set<String> known, List<String> complaints) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                complaints.add("Unknown parameter: '" + where + "." + name + "'.");
            }
        });
    }
}
