package dev.patchbay.internal.adapt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.client.ModelClient;
import dev.patchbay.client.ModelResponse;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model thought, with its proofs, inside the messages of a framework: as texts among their attributes, so that a memory can keep them.
 * Only the model that thought it is told it again: elsewhere the proofs are of no use, and refused. Used by one thread.
 */
@InternalApi
public final class KeptThoughts {

    private static final String MODEL = "patchbay.model";
    private static final String BLOCKS = "patchbay.thinking";
    private static final String CALLS = "patchbay.calls";

    private final ModelClient client;
    private @Nullable String model;

    /** @param client what a request is for */
    public KeptThoughts(ModelClient client) {
        this.client = client;
    }

    /** The attributes of a message that keep what its text cannot; none if there is nothing to keep. */
    public static Map<String, Object> attributes(ModelResponse response) {
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
        Map<String, Object> attributes = new HashMap<>();
        if (!thoughts.isEmpty()) {
            attributes.put(BLOCKS, Json.text(thoughts));
        }
        if (!proofs.isEmpty()) {
            attributes.put(CALLS, Json.text(proofs));
        }
        if (!attributes.isEmpty()) {
            attributes.put(MODEL, response.provider() + "/" + response.modelId());
        }
        return attributes;
    }

    /** What the model of this request thought before it gave the answer that has these attributes. */
    public List<ContentBlock> of(Map<String, Object> attributes) {
        List<ContentBlock> blocks = new ArrayList<>();
        for (JsonNode thought : kept(attributes, BLOCKS)) {
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
    public Map<String, @Nullable Object> proof(Map<String, Object> attributes, String callId) {
        return kept(attributes, CALLS).path(callId) instanceof ObjectNode members
                ? JsonValues.toMap(members)
                : Map.of();
    }

    private JsonNode kept(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof String kept && model().equals(attributes.get(MODEL))
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
