package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Hashes;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.codec.ThinkingJson;
import dev.patchbay.json.JsonValues;
import dev.patchbay.spi.ChatRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Writes the parameters of a request, but for its tools (dialects.md, M1 to M3 and M5 to M8). */
final class ChatParams {

    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_-]+");

    private final Quirks quirks;

    ChatParams(Quirks quirks) {
        this.quirks = quirks;
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
        request.userId().ifPresent(id -> user(id, body));
        format(request, body);
        quirks.extra().forEach(name -> extra(name, request, body));
    }

    private int limit(int asked) {
        return Math.max(1, Math.min(asked, quirks.maxOutputTokens().orElse(asked)));
    }

    private void stop(List<String> sequences, ObjectNode body) {
        List<String> sent = sequences.stream()
                .filter(text -> !text.isBlank())
                .limit(quirks.stop())
                .toList();
        if (!sent.isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            sent.forEach(stop::add);
        }
    }

    /** An id that could name a person, or is too long for the upstream, goes as a hash (M5). */
    private void user(String id, ObjectNode body) {
        if (quirks.user().equals("none") || id.isEmpty()) {
            return;
        }
        int max = quirks.userMax();
        boolean plain = id.length() <= max && PLAIN_ID.matcher(id).matches();
        String hash = Hashes.hex(id);
        body.put(quirks.user(), plain ? id : hash.substring(0, Math.min(max, hash.length())));
    }

    private void format(ChatRequest request, ObjectNode body) {
        String supported = quirks.structuredOutput();
        if (supported.equals("none")) {
            return;
        }
        if (supported.equals("json_object")) {
            if (request.outputSchema().isPresent() || ResponseFormat.isJsonObject(request)) {
                body.putObject("response_format").put("type", "json_object");
            }
            return;
        }
        ResponseFormat.chat(request).ifPresent(format -> body.set("response_format", format));
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
