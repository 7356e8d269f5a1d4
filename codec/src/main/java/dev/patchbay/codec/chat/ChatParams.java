package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.EndUser;
import dev.patchbay.codec.OpenAiMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.codec.SchemaRewriter;
import dev.patchbay.codec.ThinkingJson;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatRequest;
import java.util.List;

/** Writes the parameters of a request, but for its tools (dialects.md, M1 to M3 and M5 to M8). */
final class ChatParams {

    private final Quirks quirks;
    private final DroppedMembers dropped;

    ChatParams(Quirks quirks, DroppedMembers dropped) {
        this.quirks = quirks;
        this.dropped = dropped;
    }

    void write(ChatRequest request, ObjectNode body) {
        request.maxTokens().ifPresent(limit -> body.put(quirks.maxTokensField(), limit(limit)));
        request.temperature().ifPresent(value -> body.set("temperature", JsonValues.toNode(value)));
        request.topP().ifPresent(value -> body.set("top_p", JsonValues.toNode(value)));
        stop(request.stopSequences(), body);
        if (request.stream()) {
            body.put("stream", true);
            if (quirks.streamUsage()) {
                body.putObject("stream_options").put("include_usage", true);
            }
        }
        EndUser.id(request.userId(), quirks).ifPresent(id -> body.put(quirks.user(), id));
        format(request, body);
        quirks.extra().forEach(name -> extra(name, request, body));
        OpenAiMembers.write(request, quirks.extra(), body, dropped);
        noteDropped(request);
    }

    private void noteDropped(ChatRequest request) {
        if (request.topK().isPresent() && !quirks.extra().contains("top_k")) {
            dropped.add("top_k");
        }
        for (String name : request.more().keySet()) {
            boolean sent = quirks.extra().contains(name)
                    || name.equals(ResponseFormat.MEMBER)
                    || name.equals(OpenAiMembers.PLACE);
            if (!sent && !DroppedMembers.isHarmless(name)) {
                dropped.add(name);
            }
        }
    }

    private int limit(int asked) {
        return Math.max(1, Math.min(asked, quirks.maxOutputTokens().orElse(asked)));
    }

    private void stop(List<String> sequences, ObjectNode body) {
        List<String> usable = sequences.stream().filter(text -> !text.isBlank()).toList();
        List<String> sent = usable.stream().limit(quirks.stop()).toList();
        if (sent.size() < usable.size()) {
            dropped.add("stop_sequences");
        }
        if (!sent.isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            sent.forEach(stop::add);
        }
    }

    private void format(ChatRequest request, ObjectNode body) {
        String supported = quirks.structuredOutput();
        if (supported.equals("none")) {
            if (request.outputSchema().isPresent() || ResponseFormat.isJsonObject(request)) {
                dropped.add("output_config.format");
            }
            return;
        }
        if (supported.equals("json_object")) {
            if (request.outputSchema().isPresent() || ResponseFormat.isJsonObject(request)) {
                body.putObject("response_format").put("type", "json_object");
            }
            if (request.outputSchema().isPresent()) {
                dropped.add("output_config.format.schema");
            }
            return;
        }
        ResponseFormat.chat(request).ifPresent(format -> {
            JsonNode named = format.path("json_schema");
            if (named instanceof ObjectNode object && named.path("schema") instanceof ObjectNode schema) {
                object.set("schema", SchemaRewriter.forHost(schema, quirks.schema()));
            }
            body.set("response_format", format);
        });
    }

    /** Members that this upstream takes from Anthropic Messages under their own name. */
    private static void extra(String name, ChatRequest request, ObjectNode body) {
        switch (name) {
            case AssistantMessage.EXTRA_CONTENT -> {}
            case "top_k" -> request.topK().ifPresent(value -> body.put(name, value));
            case "thinking" -> request.thinking().ifPresent(thinking -> body.set(name, ThinkingJson.of(thinking)));
            default -> {
                if (request.more().containsKey(name)) {
                    body.set(name, JsonValues.toNode(request.more().get(name)));
                }
            }
        }
    }
}
