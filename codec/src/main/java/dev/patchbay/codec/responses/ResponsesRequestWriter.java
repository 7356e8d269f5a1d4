package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.CallIds;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Efforts;
import dev.patchbay.codec.EndUser;
import dev.patchbay.codec.OpenAiMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ResponseFormat;
import dev.patchbay.codec.SystemMessages;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.UnknownContent;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Thinking;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a request for a Responses endpoint, member by member, so that nothing is kept there (dialects.md, 1.11).
 *
 * <p>There are no stop sequences, no {@code top_k} and no limit below 16 tokens.
 */
final class ResponsesRequestWriter {

    /** OpenAI answers 400 to less ({@code integer_below_min_value}). */
    private static final int LEAST_TOKENS = 16;

    private static final String INCLUDE = "include";
    private static final String VERBOSITY = "verbosity";

    /** What is written elsewhere of the members that are not modelled. */
    private static final Set<String> WRITTEN = Set.of(ResponseFormat.MEMBER, OpenAiMembers.PLACE, VERBOSITY);

    private final ChatRequest request;
    private final Quirks quirks;
    private final DroppedMembers dropped;
    private final ObjectNode body = Json.object();

    private ResponsesRequestWriter(ChatRequest request, Quirks quirks, DroppedMembers dropped) {
        this.request = CallIds.unique(SystemMessages.placed(request, quirks.midSystem()));
        this.quirks = quirks;
        this.dropped = dropped;
    }

    static ObjectNode write(ChatRequest request, Quirks quirks, DroppedMembers dropped) {
        return new ResponsesRequestWriter(request, quirks, dropped).write();
    }

    private ObjectNode write() {
        ToolNames names = ToolNames.of(request.tools(), quirks.toolNameMax());
        body.put("model", request.model());
        String instructions = ResponsesInputWriter.texts(request.system());
        ArrayNode input = new ResponsesInputWriter(quirks, names).write(request.messages());
        if (input.isEmpty() && !instructions.isEmpty()) {
            // Instructions alone are no input, and without any the request is refused.
            input = new ResponsesInputWriter(quirks, names).write(List.of(ChatMessage.user(instructions)));
        } else if (input.isEmpty()) {
            throw Bodies.nothingSaid();
        } else if (!instructions.isEmpty()) {
            body.put("instructions", instructions);
        }
        body.set("input", input);
        new ResponsesToolWriter(quirks, names, dropped).write(request, body);
        sampling();
        reasoning();
        text();
        EndUser.id(request.userId(), quirks).ifPresent(id -> body.put(quirks.user(), id));
        if (request.stream()) {
            body.put("stream", true);
        }
        body.put("store", false);
        extra();
        OpenAiMembers.write(request, openAiMembers(), body, dropped);
        UnknownContent.note(
                request, block -> new ResponsesPartWriter(quirks).media(block).isPresent(), dropped);
        drop();
        return body;
    }

    private void sampling() {
        request.maxTokens().ifPresent(limit -> body.put("max_output_tokens", limit(limit)));
        request.temperature().ifPresent(value -> body.set("temperature", JsonValues.toNode(value)));
        request.topP().ifPresent(value -> body.set("top_p", JsonValues.toNode(value)));
        if (request.stopSequences().stream().anyMatch(text -> !text.isBlank())) {
            dropped.add("stop_sequences");
        }
    }

    private int limit(int asked) {
        if (asked < LEAST_TOKENS) {
            dropped.change(
                    "max_tokens",
                    "max_tokens " + asked + " goes to " + dropped.provider() + " as " + LEAST_TOKENS
                            + ", the least that its API takes");
        }
        return Math.max(LEAST_TOKENS, Math.min(asked, quirks.maxOutputTokens().orElse(asked)));
    }

    /** A model that is said not to think refuses to be asked, also for the proof of its thinking. */
    private void reasoning() {
        if (quirks.isSet("reasoning") && quirks.reasoning().equals("none")) {
            noteNoThinking();
            return;
        }
        body.putArray(INCLUDE).add("reasoning.encrypted_content");
        Optional<String> wanted = Efforts.wanted(request);
        Optional<String> level = Efforts.sent(request, quirks.efforts(), dropped);
        boolean thinks = thinks(wanted);
        if (level.isEmpty() && !thinks) {
            return;
        }
        ObjectNode reasoning = body.putObject("reasoning");
        level.ifPresent(effort -> reasoning.put("effort", effort));
        if (thinks) {
            reasoning.put("summary", "auto");
        }
    }

    /** Whether the client wants to see some thinking. */
    private boolean thinks(Optional<String> wanted) {
        boolean asked = request.thinking().isPresent() || request.effort().isPresent();
        return asked && wanted.filter(Efforts.NONE::equals).isEmpty();
    }

    private void noteNoThinking() {
        if (request.thinking()
                .filter(thinking -> thinking.mode() != Thinking.Mode.DISABLED)
                .isPresent()) {
            dropped.add("thinking");
        }
        if (request.effort().isPresent()) {
            dropped.add(Efforts.MEMBER);
        }
    }

    private void text() {
        ObjectNode text = Json.object();
        format().ifPresent(format -> text.set("format", format));
        if (request.more().get(VERBOSITY) instanceof String verbosity) {
            text.put(VERBOSITY, verbosity);
        }
        if (!text.isEmpty()) {
            body.set("text", text);
        }
    }

    /** What chat has nested, Responses has flat. */
    private Optional<JsonNode> format() {
        Optional<JsonNode> asked = ResponseFormat.chat(request);
        switch (quirks.structuredOutput()) {
            case "none" -> {
                asked.ifPresent(format -> dropped.add("output_config.format"));
                return Optional.empty();
            }
            case "json_object" -> {
                return asked.map(format -> Json.object().put("type", "json_object"));
            }
            default -> {
                return asked.map(format -> {
                    ObjectNode flat =
                            Json.object().put("type", format.path("type").asText(""));
                    format.path("json_schema")
                            .properties()
                            .forEach(member -> flat.set(member.getKey(), member.getValue()));
                    return flat;
                });
            }
        }
    }

    /** Members that this upstream takes under their own name, by the quirk of that name; all others are named as lost. */
    private void extra() {
        List<String> taken = quirks.extra();
        if (request.topK().isPresent()) {
            if (taken.contains("top_k")) {
                body.put("top_k", request.topK().getAsInt());
            } else {
                dropped.add("top_k");
            }
        }
        request.more().forEach((name, value) -> {
            if (WRITTEN.contains(name)) {
                return;
            }
            if (taken.contains(name)) {
                body.set(name, JsonValues.toNode(value));
            } else if (!DroppedMembers.isHarmless(name)) {
                dropped.add(name);
            }
        });
    }

    /** Where the file says which member names the end user, no other does. */
    private Set<String> openAiMembers() {
        Set<String> taken = new HashSet<>(OpenAiMembers.OF_RESPONSES);
        if (!OpenAiMembers.hasPlainMetadata(request)) {
            taken.remove(OpenAiMembers.METADATA);
        }
        if (quirks.isSet("user")) {
            taken.removeAll(EndUser.MEMBERS);
        }
        taken.addAll(quirks.extra());
        return taken;
    }

    private void drop() {
        for (String member : quirks.drop()) {
            if (body.remove(member) != null && !DroppedMembers.isHarmless(member) && !member.equals(INCLUDE)) {
                dropped.add(member);
            }
        }
    }
}
