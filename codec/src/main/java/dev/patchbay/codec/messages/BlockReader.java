package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DataUrl;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.UntypedPart;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads content blocks of Anthropic Messages. What is not modelled is kept, never refused. */
public final class BlockReader {

    private BlockReader() {}

    /** Content: a string, a block, a list of them, or nothing. */
    static List<ContentBlock> content(JsonNode content) {
        List<ContentBlock> blocks = new ArrayList<>();
        for (JsonNode item : content.isArray() ? content : List.of(content)) {
            if (item instanceof ObjectNode block && block.path("type").isTextual()) {
                blocks.add(block(block));
            } else if (!item.isNull() && !item.isMissingNode()) {
                blocks.add(ContentBlock.text(UntypedPart.text(item).orElseGet(() -> Json.text(item))));
            }
        }
        return blocks;
    }

    /** One block. */
    public static ContentBlock block(ObjectNode block) {
        return switch (block.path("type").asText("")) {
            case "text" -> ContentBlock.text(text(block, "text"), more(block, Set.of("type", "text")));
            case "thinking" ->
                ContentBlock.thinking(
                        text(block, "thinking"),
                        text(block, "signature"),
                        more(block, Set.of("type", "thinking", "signature")));
            case "redacted_thinking" -> ContentBlock.redactedThinking(text(block, "data"));
            case "tool_use" ->
                ContentBlock.toolUse(
                        text(block, "id"),
                        text(block, "name"),
                        JsonValues.toMap(ToolInput.of(block.path("input"))),
                        more(block, Set.of("type", "id", "name", "input")));
            case "tool_result" ->
                ContentBlock.toolResult(
                        text(block, "tool_use_id"),
                        content(block.path("content")),
                        block.path("is_error").asBoolean(false),
                        more(block, Set.of("type", "tool_use_id", "content", "is_error")));
            case "search_result" ->
                ContentBlock.searchResult(
                        text(block, "source"),
                        text(block, "title"),
                        content(block.path("content")),
                        more(block, Set.of("type", "source", "title", "content")));
            case "image", "document" -> media(block);
            default -> other(block);
        };
    }

    private static ContentBlock media(ObjectNode block) {
        Optional<MediaSource> source = source(block.path("source"));
        if (source.isEmpty()) {
            return other(block);
        }
        if (block.path("type").asText().equals("image")) {
            return ContentBlock.image(source.get(), more(block, Set.of("type", "source")));
        }
        Optional<String> title = Optional.of(text(block, "title")).filter(text -> !text.isBlank());
        return ContentBlock.document(source.get(), title.orElse(""), more(block, Set.of("type", "source", "title")));
    }

    private static Optional<MediaSource> source(JsonNode source) {
        return switch (source.path("type").asText("")) {
            case "base64" ->
                Optional.of(MediaSource.base64(text(source, "media_type"), DataUrl.unbroken(text(source, "data"))));
            case "url" -> Optional.of(MediaSource.url(text(source, "url")));
            case "file" -> Optional.of(MediaSource.fileId(text(source, "file_id")));
            case "text" -> Optional.of(MediaSource.plainText(text(source, "data")));
            case "content" -> Optional.of(MediaSource.blocks(content(source.path("content"))));
            default -> Optional.empty();
        };
    }

    private static ContentBlock other(ObjectNode block) {
        JsonNode type = block.path("type");
        return ContentBlock.other(type.isTextual() ? type.textValue() : "", JsonValues.toMap(block));
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }

    /** The members that are not modelled. */
    static Map<String, @Nullable Object> more(ObjectNode node, Set<String> modelled) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        node.properties().forEach(member -> {
            if (!modelled.contains(member.getKey())) {
                more.put(member.getKey(), JsonValues.toJdk(member.getValue()));
            }
        });
        return Collections.unmodifiableMap(more);
    }
}
