package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Refusal;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes content blocks of Anthropic Messages. */
final class BlockJson {

    /** Members of OpenAI's dialects, marks of ours and proofs of other providers among them; Anthropic refuses those that it does not know. */
    private static final Set<String> FOREIGN = Set.of("extra_content", "reasoning_details", "detail", Refusal.MEMBER);

    private BlockJson() {}

    static ArrayNode of(List<ContentBlock> blocks) {
        ArrayNode array = Json.array();
        blocks.forEach(block -> array.add(of(block)));
        return array;
    }

    static ObjectNode of(ContentBlock block) {
        if (block instanceof ContentBlock.Text text) {
            return more(node("text").put("text", text.text()), text.more());
        }
        if (block instanceof ContentBlock.Thinking thinking) {
            ObjectNode node = node("thinking").put("thinking", thinking.thinking());
            return more(node.put("signature", thinking.signature()), thinking.more());
        }
        if (block instanceof ContentBlock.RedactedThinking redacted) {
            return node("redacted_thinking").put("data", redacted.data());
        }
        if (block instanceof ContentBlock.ToolUse call) {
            ObjectNode node = node("tool_use").put("id", call.id()).put("name", call.name());
            node.set("input", JsonValues.toObject(call.input()));
            return more(node, call.more());
        }
        if (block instanceof ContentBlock.ToolResult result) {
            return toolResult(result);
        }
        return media(block);
    }

    private static ObjectNode toolResult(ContentBlock.ToolResult result) {
        ObjectNode node = node("tool_result").put("tool_use_id", result.toolUseId());
        if (isPlainText(result.content())) {
            node.put("content", ((ContentBlock.Text) result.content().get(0)).text());
        } else if (!result.content().isEmpty()) {
            node.set("content", of(result.content()));
        }
        if (result.isError()) {
            node.put("is_error", true);
        }
        return more(node, result.more());
    }

    private static ObjectNode media(ContentBlock block) {
        if (block instanceof ContentBlock.Image image) {
            ObjectNode node = node("image");
            node.set("source", source(image.source()));
            return more(node, image.more());
        }
        if (block instanceof ContentBlock.Document document) {
            ObjectNode node = node("document");
            node.set("source", source(document.source()));
            document.title().ifPresent(title -> node.put("title", title));
            return more(node, document.more());
        }
        if (block instanceof ContentBlock.SearchResult result) {
            ObjectNode node =
                    node("search_result").put("source", result.source()).put("title", result.title());
            node.set("content", of(result.content()));
            return more(node, result.more());
        }
        return block instanceof ContentBlock.Other other ? JsonValues.toObject(other.members()) : Json.object();
    }

    private static ObjectNode source(MediaSource source) {
        if (source instanceof MediaSource.Base64 file) {
            return node("base64").put("media_type", file.mediaType()).put("data", file.data());
        }
        if (source instanceof MediaSource.Url link) {
            return node("url").put("url", link.url());
        }
        if (source instanceof MediaSource.FileId file) {
            return node("file").put("file_id", file.id());
        }
        if (source instanceof MediaSource.PlainText plain) {
            return node("text").put("media_type", "text/plain").put("data", plain.text());
        }
        ObjectNode node = node("content");
        node.set("content", source instanceof MediaSource.Blocks blocks ? of(blocks.content()) : Json.array());
        return node;
    }

    /** Whether a string can stand for the list. */
    static boolean isPlainText(List<ContentBlock> blocks) {
        return blocks.size() == 1
                && blocks.get(0) instanceof ContentBlock.Text text
                && text.more().isEmpty();
    }

    private static ObjectNode node(String type) {
        return Json.object().put("type", type);
    }

    private static ObjectNode more(ObjectNode node, Map<String, @Nullable Object> more) {
        more.forEach((name, value) -> {
            if (!FOREIGN.contains(name)) {
                node.set(name, JsonValues.toNode(value));
            }
        });
        return node;
    }
}
