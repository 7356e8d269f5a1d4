package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.List;
import java.util.Set;

/** Images on the way through to an upstream of the client's dialect that takes none (dialects.md, Q5). */
public final class OmittedImages {

    private static final Set<String> IMAGES = Set.of("image", "image_url", "input_image");

    private OmittedImages() {}

    /** Whether a part of some type is an image, in any dialect. */
    public static boolean isImage(String type) {
        return IMAGES.contains(type);
    }

    /** Replaces the images of a conversation by a note, in place, where the upstream takes none. */
    public static void replace(ObjectNode body, Quirks quirks, DroppedMembers dropped) {
        if (quirks.images()) {
            return;
        }
        for (String conversation : List.of("messages", "input")) {
            body.path(conversation).forEach(turn -> inside(turn, dropped));
        }
    }

    private static void inside(JsonNode node, DroppedMembers dropped) {
        for (String parts : List.of("content", "output")) {
            if (node.path(parts) instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    String type = array.get(i).path("type").asText("");
                    if (isImage(type)) {
                        array.set(i, note(array.get(i), type));
                        dropped.add("messages.content.image");
                    } else {
                        inside(array.get(i), dropped);
                    }
                }
            }
        }
        if (node.path("source").isObject()) {
            inside(node.path("source"), dropped);
        }
    }

    private static ObjectNode note(JsonNode image, String type) {
        ObjectNode note = Json.object()
                .put("type", type.equals("input_image") ? "input_text" : "text")
                .put("text", MediaText.OMITTED_IMAGE);
        if (image.has("cache_control")) {
            note.set("cache_control", image.get("cache_control"));
        }
        return note;
    }
}
