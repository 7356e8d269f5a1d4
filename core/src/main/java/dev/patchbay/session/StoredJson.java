package dev.patchbay.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.Thinking;
import dev.patchbay.spi.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Content blocks and templates as JSON, for stores that keep text: what is read is what was written, member by member, also
 * what no dialect would send. The shapes are those of Anthropic Messages with the members of {@code more} apart, so that none
 * can take the place of one that is modelled.
 */
public final class StoredJson {

    private static final String MORE = "more";

    private StoredJson() {}

    /** A block of a conversation as one line of JSON. */
    public static String of(ContentBlock block) {
        return Json.text(JsonValues.toObject(toMap(block)));
    }

    /**
     * A block that {@link #of(ContentBlock)} wrote.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static ContentBlock block(String json) {
        return block(object(json));
    }

    /** A template as one line of JSON. */
    public static String of(RequestTemplate template) {
        return Json.text(JsonValues.toObject(toMap(template)));
    }

    /** A template as JDK values. */
    static Map<String, @Nullable Object> toMap(RequestTemplate template) {
        ChatRequest request = template.parameters();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        template.systemPrompt().ifPresent(text -> map.put("system_prompt", text));
        template.appendSystemPrompt().ifPresent(text -> map.put("append_system_prompt", text));
        if (!request.tools().isEmpty()) {
            map.put("tools", request.tools().stream().map(StoredJson::toMap).toList());
        }
        if (!request.stopSequences().isEmpty()) {
            map.put("stop_sequences", request.stopSequences());
        }
        request.maxTokens().ifPresent(value -> map.put("max_tokens", value));
        request.temperature().ifPresent(value -> map.put("temperature", value));
        request.topP().ifPresent(value -> map.put("top_p", value));
        request.topK().ifPresent(value -> map.put("top_k", value));
        request.thinking().ifPresent(value -> map.put("thinking", toMap(value)));
        request.effort().ifPresent(value -> map.put("effort", value));
        request.outputSchema().ifPresent(value -> map.put("output_schema", value));
        request.userId().ifPresent(value -> map.put("user_id", value));
        more(map, request.more());
        return map;
    }

    /**
     * A template that {@link #of(RequestTemplate)} wrote.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static RequestTemplate template(String json) {
        ObjectNode node = object(json);
        ChatRequest.Builder request = ChatRequest.builder("");
        node.path("tools").forEach(tool -> request.tool(tool(tool)));
        node.path("stop_sequences").forEach(text -> request.stopSequence(text.asText()));
        number(node, "max_tokens").ifPresent(value -> request.maxTokens(value.intValue()));
        number(node, "temperature").ifPresent(value -> request.temperature(value.doubleValue()));
        number(node, "top_p").ifPresent(value -> request.topP(value.doubleValue()));
        number(node, "top_k").ifPresent(value -> request.topK(value.intValue()));
        if (node.path("thinking") instanceof ObjectNode thinking) {
            request.thinking(thinking(thinking));
        }
        text(node, "effort").ifPresent(request::effort);
        if (node.path("output_schema") instanceof ObjectNode schema) {
            request.outputSchema(JsonValues.toMap(schema));
        }
        text(node, "user_id").ifPresent(request::userId);
        more(node).forEach(request::more);
        return RequestTemplate.of(request.build())
                .withInstructions(
                        text(node, "system_prompt").orElse(null),
                        text(node, "append_system_prompt").orElse(null));
    }

    /** A block as JDK values. */
    static Map<String, @Nullable Object> toMap(ContentBlock block) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (block instanceof ContentBlock.Text text) {
            map.put("type", "text");
            map.put("text", text.text());
            more(map, text.more());
        } else if (block instanceof ContentBlock.Thinking thinking) {
            map.put("type", "thinking");
            map.put("thinking", thinking.thinking());
            map.put("signature", thinking.signature());
            more(map, thinking.more());
        } else if (block instanceof ContentBlock.RedactedThinking redacted) {
            map.put("type", "redacted_thinking");
            map.put("data", redacted.data());
        } else if (block instanceof ContentBlock.ToolUse call) {
            map.put("type", "tool_use");
            map.put("id", call.id());
            map.put("name", call.name());
            map.put("input", call.input());
            more(map, call.more());
        } else if (block instanceof ContentBlock.ToolResult result) {
            map.put("type", "tool_result");
            map.put("tool_use_id", result.toolUseId());
            map.put("content", maps(result.content()));
            map.put("is_error", result.isError());
            more(map, result.more());
        } else {
            media(map, block);
        }
        return map;
    }

    private static void media(Map<String, @Nullable Object> map, ContentBlock block) {
        if (block instanceof ContentBlock.Image image) {
            map.put("type", "image");
            map.put("source", toMap(image.source()));
            more(map, image.more());
        } else if (block instanceof ContentBlock.Document document) {
            map.put("type", "document");
            map.put("source", toMap(document.source()));
            document.title().ifPresent(title -> map.put("title", title));
            more(map, document.more());
        } else if (block instanceof ContentBlock.SearchResult hit) {
            map.put("type", "search_result");
            map.put("source", hit.source());
            map.put("title", hit.title());
            map.put("content", maps(hit.content()));
            more(map, hit.more());
        } else if (block instanceof ContentBlock.Other other) {
            map.put("type", "other");
            map.put("name", other.type());
            map.put("members", other.members());
        }
    }

    private static List<Map<String, @Nullable Object>> maps(List<ContentBlock> blocks) {
        return blocks.stream().map(StoredJson::toMap).toList();
    }

    private static Map<String, @Nullable Object> toMap(MediaSource source) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (source instanceof MediaSource.Base64 content) {
            map.put("type", "base64");
            map.put("media_type", content.mediaType());
            map.put("data", content.data());
        } else if (source instanceof MediaSource.Url url) {
            map.put("type", "url");
            map.put("url", url.url());
        } else if (source instanceof MediaSource.FileId file) {
            map.put("type", "file");
            map.put("file_id", file.id());
        } else if (source instanceof MediaSource.PlainText plain) {
            map.put("type", "text");
            map.put("data", plain.text());
        } else if (source instanceof MediaSource.Blocks blocks) {
            map.put("type", "content");
            map.put("content", maps(blocks.content()));
        }
        return map;
    }

    private static Map<String, @Nullable Object> toMap(Tool tool) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", tool.name());
        tool.type().ifPresent(type -> map.put("type", type));
        tool.description().ifPresent(text -> map.put("description", text));
        if (tool.inputSchema() != null) {
            map.put("input_schema", tool.inputSchema());
        }
        more(map, tool.more());
        return map;
    }

    private static Map<String, @Nullable Object> toMap(Thinking thinking) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("mode", thinking.mode().name().toLowerCase(Locale.ROOT));
        thinking.budgetTokens().ifPresent(count -> map.put("budget_tokens", count));
        return map;
    }

    private static void more(Map<String, @Nullable Object> map, Map<String, @Nullable Object> more) {
        if (!more.isEmpty()) {
            map.put(MORE, more);
        }
    }

    private static ContentBlock block(JsonNode node) {
        return switch (required(node, "type")) {
            case "text" -> ContentBlock.text(required(node, "text"), more(node));
            case "thinking" ->
                ContentBlock.thinking(required(node, "thinking"), required(node, "signature"), more(node));
            case "redacted_thinking" -> ContentBlock.redactedThinking(required(node, "data"));
            case "tool_use" ->
                ContentBlock.toolUse(required(node, "id"), required(node, "name"), map(node, "input"), more(node));
            case "tool_result" ->
                ContentBlock.toolResult(
                        required(node, "tool_use_id"),
                        blocks(node),
                        node.path("is_error").asBoolean(),
                        more(node));
            case "image" -> ContentBlock.image(source(node.path("source")), more(node));
            case "document" ->
                ContentBlock.document(
                        source(node.path("source")), text(node, "title").orElse(""), more(node));
            case "search_result" ->
                ContentBlock.searchResult(required(node, "source"), required(node, "title"), blocks(node), more(node));
            case "other" -> ContentBlock.other(required(node, "name"), map(node, "members"));
            default -> throw new IllegalArgumentException("no block has the type " + node.path("type"));
        };
    }

    private static List<ContentBlock> blocks(JsonNode node) {
        List<ContentBlock> blocks = new ArrayList<>();
        node.path("content").forEach(block -> blocks.add(block(block)));
        return blocks;
    }

    private static MediaSource source(JsonNode node) {
        return switch (required(node, "type")) {
            case "base64" -> MediaSource.base64(required(node, "media_type"), required(node, "data"));
            case "url" -> MediaSource.url(required(node, "url"));
            case "file" -> MediaSource.fileId(required(node, "file_id"));
            case "text" -> MediaSource.plainText(required(node, "data"));
            case "content" -> MediaSource.blocks(blocks(node));
            default -> throw new IllegalArgumentException("no source has the type " + node.path("type"));
        };
    }

    private static Tool tool(JsonNode node) {
        Tool.Builder tool = Tool.builder(required(node, "name"))
                .inputSchema(node.path("input_schema") instanceof ObjectNode schema ? JsonValues.toMap(schema) : null)
                .more(more(node));
        text(node, "type").ifPresent(tool::type);
        text(node, "description").ifPresent(tool::description);
        return tool.build();
    }

    private static Thinking thinking(JsonNode node) {
        Thinking thinking =
                Thinking.of(Thinking.Mode.valueOf(required(node, "mode").toUpperCase(Locale.ROOT)));
        return number(node, "budget_tokens")
                .map(budget -> thinking.withBudget(budget.intValue()))
                .orElse(thinking);
    }

    private static Map<String, @Nullable Object> more(JsonNode node) {
        return node.has(MORE) ? map(node, MORE) : Map.of();
    }

    private static Map<String, @Nullable Object> map(JsonNode node, String name) {
        if (node.path(name) instanceof ObjectNode object) {
            return JsonValues.toMap(object);
        }
        throw new IllegalArgumentException("'" + name + "' is no object");
    }

    private static String required(JsonNode node, String name) {
        return text(node, name).orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no text"));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).textValue());
    }

    private static Optional<Number> number(JsonNode node, String name) {
        return node.path(name).isNumber() ? Optional.of(node.path(name).numberValue()) : Optional.empty();
    }

    private static ObjectNode object(String json) {
        if (Json.tryParse(json).orElse(null) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("what was stored is no JSON object");
    }
}
