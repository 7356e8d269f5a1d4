package dev.patchbay.springai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.client.ModelClient;
import dev.patchbay.client.ModelResponse;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * What a model thought, with its proofs, inside Spring AI's messages: as texts among the properties, so that a memory can keep them. Only
 * the model that thought it is told it again: elsewhere the proofs are of no use, and refused.
 */
final class Thoughts {

    private static final String MODEL = "patchbayModel";
    private static final String BLOCKS = "patchbayThinking";
    private static final String CALLS = "patchbayCalls";

    private final ModelClient client;
    private @Nullable String model;

    Thoughts(ModelClient client) {
        this.client = client;
    }

    /** The properties of a message that keep what its text cannot. */
    static Map<String, Object> properties(ModelResponse response) {
        ArrayNode thoughts = Json.array();
        ObjectNode proofs = Json.object();
        for (ContentBlock block : response.content()) {
            if (block instanceof ContentBlock.Thinking thought) {
                thoughts.addObject().put("thinking", thought.thinking()).put("signature", thought.signature());
            } else if (block instanceof ContentBlock.RedactedThinking hidden) {
                thoughts.addObject().put("data", hidden.data());
            } else if (block instanceof ContentBlock.ToolUse call
                    && !call.more().isEmpty()) {
                proofs.set(call.id(), JsonValues.toObject(call.more()));
            }
        }
        Map<String, Object> properties = new HashMap<>();
        if (!response.thinking().isEmpty()) {
            properties.put(Answers.THINKING, response.thinking());
        }
        if (!thoughts.isEmpty()) {
            properties.put(BLOCKS, Json.text(thoughts));
        }
        if (!proofs.isEmpty()) {
            properties.put(CALLS, Json.text(proofs));
        }
        if (!thoughts.isEmpty() || !proofs.isEmpty()) {
            properties.put(MODEL, response.provider() + "/" + response.modelId());
        }
        return properties;
    }

    /** What the model of this request thought before it gave an answer. */
    List<ContentBlock> of(AssistantMessage answer) {
        List<ContentBlock> blocks = new ArrayList<>();
        for (JsonNode thought : kept(answer, BLOCKS)) {
            blocks.add(
                    thought.has("data")
                            ? ContentBlock.redactedThinking(thought.path("data").asText())
                            : ContentBlock.thinking(
                                    thought.path("thinking").asText(),
                                    thought.path("signature").asText()));
        }
        return blocks;
    }

    /** What it wants to see again beside a call. */
    Map<String, @Nullable Object> proof(AssistantMessage answer, String callId) {
        return kept(answer, CALLS).path(callId) instanceof ObjectNode members ? JsonValues.toMap(members) : Map.of();
    }

    private JsonNode kept(AssistantMessage answer, String property) {
        Object text = answer.getMetadata().get(property);
        return text instanceof String kept
                        && model().equals(answer.getMetadata().get(MODEL))
                ? Json.tryParse(kept).orElseGet(Json::object)
                : Json.object();
    }

    private String model() {
        if (model == null) {
            model = client.provider() + "/" + client.model().upstreamId();
        }
        return model;
    }
}
