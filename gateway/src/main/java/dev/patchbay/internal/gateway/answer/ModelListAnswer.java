package dev.patchbay.internal.gateway.answer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.gateway.ListedModel;
import java.util.List;

/** Answers for {@code GET /v1/models}, in the shape that the client knows. */
public final class ModelListAnswer {

    /** Nobody here knows when a model was made; clients want a date. */
    private static final String SOME_TIME = "1970-01-01T00:00:00Z";

    private final boolean anthropic;

    /** @param anthropic whether the client speaks Anthropic's dialect: it sends {@code anthropic-version} */
    public ModelListAnswer(boolean anthropic) {
        this.anthropic = anthropic;
    }

    public ObjectNode all(List<ListedModel> models) {
        ObjectNode list = Json.object();
        if (!anthropic) {
            list.put("object", "list");
        }
        ArrayNode data = list.putArray("data");
        models.forEach(model -> data.add(one(model)));
        if (anthropic) {
            list.put("has_more", false)
                    .put("first_id", models.isEmpty() ? null : models.get(0).id())
                    .put(
                            "last_id",
                            models.isEmpty()
                                    ? null
                                    : models.get(models.size() - 1).id());
        } else {
            // Codex reads this one, takes the instructions of an entry for its own prompt, and fails on an entry
            // without any.
            list.putArray("models");
        }
        return list;
    }

    public ObjectNode one(ListedModel model) {
        if (anthropic) {
            ObjectNode one = Json.object()
                    .put("type", "model")
                    .put("id", model.id())
                    .put("display_name", model.name().orElse(model.id()))
                    .put("created_at", SOME_TIME);
            model.context().ifPresent(tokens -> one.put("max_input_tokens", tokens));
            model.maxOutput().ifPresent(tokens -> one.put("max_tokens", tokens));
            return one;
        }
        ObjectNode one = Json.object()
                .put("id", model.id())
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "patchbay");
        model.name().ifPresent(name -> one.put("display_name", name));
        model.context().ifPresent(tokens -> one.put("context_length", tokens));
        model.maxOutput().ifPresent(tokens -> one.put("max_output_tokens", tokens));
        return one;
    }
}
