package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DataUrl;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call or result of a tool that other dialects have no place for, as text and images: they are all that the model knows of
 * what happened (dialects.md, P2).
 */
final class ForeignToolItem {

    /** Types whose calls and results are told; all but the first three run at OpenAI. */
    private static final Set<String> TOLD = Set.of(
            "local_shell_call",
            "shell_call",
            "apply_patch_call",
            "local_shell_call_output",
            "shell_call_output",
            "apply_patch_call_output",
            "computer_call",
            "computer_call_output",
            "mcp_call",
            "code_interpreter_call",
            "web_search_call",
            "file_search_call",
            "image_generation_call",
            "tool_search_call",
            "tool_search_output",
            "program",
            "program_output");

    /** Members that mean nothing to a model. */
    private static final Set<String> BOOKKEEPING = Set.of(
            "type",
            "id",
            "call_id",
            "status",
            "caller",
            "fingerprint",
            "acknowledged_safety_checks",
            "pending_safety_checks");

    private static final Set<String> FAILED = Set.of("failed", "incomplete");

    private final ObjectNode item;
    private final List<ContentBlock> images = new ArrayList<>();

    ForeignToolItem(ObjectNode item) {
        this.item = item;
    }

    /** Whether a type of item is one of these. */
    static boolean isOne(String type) {
        return TOLD.contains(type);
    }

    /** Whether the item is what came of a call, and not the model's own. */
    boolean isOutput() {
        return type().endsWith("_output");
    }

    /** The text, and the images that were in it behind it. */
    List<ContentBlock> blocks() {
        List<ContentBlock> blocks = new ArrayList<>();
        String status = item.path("status").asText("");
        String outcome = FAILED.contains(status) ? status + ": " : "";
        blocks.add(ContentBlock.text(("[" + type() + "] " + outcome + said()).strip()));
        blocks.addAll(images);
        return blocks;
    }

    private String said() {
        JsonNode output = item.path("output");
        if (isOutput() && output.isTextual()) {
            return output.textValue();
        }
        ObjectNode rest = item.deepCopy();
        rest.remove(BOOKKEEPING);
        if (type().equals("image_generation_call")) {
            generated(rest);
        }
        JsonNode told = isOutput() && rest.size() == 1 && rest.has("output") ? rest.path("output") : rest;
        liftImages(told);
        return told.isEmpty() ? "" : Json.text(told);
    }

    /** An image stands there in Base64 alone. */
    private void generated(ObjectNode rest) {
        JsonNode result = rest.remove("result");
        if (result != null && result.isTextual()) {
            String format = item.path("output_format").asText("png");
            image(MediaSource.base64("image/" + format, result.textValue()));
        }
    }

    /** Takes images out of a tree, so that no Base64 is told as text. */
    private void liftImages(JsonNode node) {
        if (node instanceof ArrayNode array) {
            array.forEach(this::liftImages);
        } else if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
                if (isImage(object, member)) {
                    String url = member.getValue().textValue();
                    image(DataUrl.read(url).<MediaSource>map(data -> data).orElseGet(() -> MediaSource.url(url)));
                    object.put(member.getKey(), "[image " + images.size() + "]");
                } else {
                    liftImages(member.getValue());
                }
            }
        }
    }

    private static boolean isImage(ObjectNode owner, Map.Entry<String, JsonNode> member) {
        if (!member.getValue().isTextual()) {
            return false;
        }
        String text = member.getValue().textValue();
        boolean link = text.startsWith("http://") || text.startsWith("https://");
        boolean named = member.getKey().equals("image_url")
                || (member.getKey().equals("url")
                        && owner.path("type").asText("").equals("image"));
        return DataUrl.read(text)
                        .filter(data -> data.mediaType().startsWith("image/"))
                        .isPresent()
                || (named && link);
    }

    private void image(MediaSource source) {
        images.add(ContentBlock.image(source));
    }

    private String type() {
        return item.path("type").asText("");
    }
}
