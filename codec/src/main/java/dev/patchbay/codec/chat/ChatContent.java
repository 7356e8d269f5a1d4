package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the content of one message: a string where a string will do, since not every server takes arrays of parts
 * (dialects.md, Q4).
 */
final class ChatContent {

    private final boolean forwardsCacheControl;
    private final List<ObjectNode> parts = new ArrayList<>();
    private boolean textOnly = true;

    ChatContent(boolean forwardsCacheControl) {
        this.forwardsCacheControl = forwardsCacheControl;
    }

    /** A text; nothing if it is blank. */
    void text(String text) {
        text(text, Map.of());
    }

    void text(ContentBlock.Text block) {
        text(block.text(), block.more());
    }

    /** A text with the members that stood beside it, of which only a cache mark can be passed on. */
    void text(String text, Map<String, @Nullable Object> more) {
        if (text.isBlank()) {
            return;
        }
        ObjectNode part = Json.object().put("type", "text").put("text", text);
        Object mark = forwardsCacheControl ? more.get("cache_control") : null;
        if (mark != null) {
            part.set("cache_control", JsonValues.toNode(mark));
            textOnly = false;
        }
        parts.add(part);
    }

    /** An image or a file. */
    void part(ObjectNode part) {
        parts.add(part);
        textOnly = false;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The content: a string, or an array of parts. */
    JsonNode value(String separator) {
        if (!textOnly) {
            ArrayNode array = Json.array();
            parts.forEach(array::add);
            return array;
        }
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> texts.add(part.path("text").textValue()));
        return TextNode.valueOf(String.join(separator, texts));
    }
}
