package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.json.Json;
import java.util.List;

/** Answers for {@code GET /v1/models}, in the shape that the client knows. */
final class ModelList {

    /** Nobody here knows when a model was made; clients want a date. */
    private static final String SOME_TIME = "1970-01-01T00:00:00Z";

    private final boolean anthropic;

    /** @param anthropic whether the client speaks Anthropic's dialect: it sends {@code anthropic-version} */
    ModelList(boolean anthropic) {
        this.anthropic = anthropic;
    }

    ObjectNode all(List<String> names) {
        ObjectNode list = Json.object();
        if (!anthropic) {
            list.put("object", "list");
        }
        ArrayNode data = list.putArray("data");
        names.forEach(name -> data.add(one(name)));
        if (anthropic) {
            list.put("has_more", false)
                    .put("first_id", names.isEmpty() ? null : names.get(0))
                    .put("last_id", names.isEmpty() ? null : names.get(names.size() - 1));
        }
        return list;
    }

    ObjectNode one(String name) {
        if (anthropic) {
            return Json.object()
                    .put("type", "model")
                    .put("id", name)
                    .put("display_name", name)
                    .put("created_at", SOME_TIME);
        }
        return Json.object()
                .put("id", name)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "patchbay");
    }
}
