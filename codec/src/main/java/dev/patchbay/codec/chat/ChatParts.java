package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DataUrl;
import dev.patchbay.codec.DocumentSource;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.MediaText;
import dev.patchbay.codec.StoredFile;
import dev.patchbay.codec.UntypedPart;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.codec.messages.BlockReader;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the content of a chat message (dialects.md, VQ2). */
final class ChatParts {

    private static final String CACHE_MARK = "cache_control";

    private final DroppedMembers dropped;

    /** Where the content stands that is read. */
    private String place = "messages";

    ChatParts(DroppedMembers dropped) {
        this.dropped = dropped;
    }

    /** Says where the content stands that is read next. */
    void at(int message) {
        place = "messages." + message + ".content";
    }

    /**
     * The content of a message: a string, a part, or a list of parts; blank text is dropped, what is not known becomes a note.
     *
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if a part names a file in another vendor's store, or is a list
     */
    List<ContentBlock> read(JsonNode message) {
        JsonNode content = message.path("content");
        List<ContentBlock> blocks = new ArrayList<>();
        UntypedPart.text(content)
                .ifPresentOrElse(text -> addText(text, marks(message), blocks), () -> readParts(content, blocks));
        return blocks;
    }

    /** Thinking that LiteLLM's clients give back beside the content, as far as it is proved. */
    List<ContentBlock> proved(JsonNode thinking) {
        List<ContentBlock> blocks = new ArrayList<>();
        thinking.forEach(block -> ofMessages(block, blocks));
        return blocks;
    }

    /** The cache mark that stands beside a part, a message or a tool (VQ7); empty if there is none. */
    static Map<String, @Nullable Object> marks(JsonNode node) {
        return node.path(CACHE_MARK) instanceof ObjectNode mark ? Map.of(CACHE_MARK, JsonValues.toMap(mark)) : Map.of();
    }

    private void readParts(JsonNode content, List<ContentBlock> blocks) {
        int index = 0;
        for (JsonNode part : ChatChunks.each(content)) {
            String at = content.isArray() ? place + "." + index : place;
            if (part.isArray()) {
                throw Bodies.invalid(at + ": must be an object or a text, not a list");
            }
            read(part, at, blocks);
            index++;
        }
    }

    private void read(JsonNode part, String at, List<ContentBlock> blocks) {
        Optional<String> untyped = UntypedPart.text(part);
        if (untyped.isPresent()) {
            addText(untyped.get(), marks(part), blocks);
            return;
        }
        String type = part.path("type").asText("");
        switch (type) {
            case "text", "input_text", "output_text" ->
                addText(part.path("text").asText(""), marks(part), blocks);
            case "refusal" -> addText(part.path("refusal").asText(""), Map.of(), blocks);
            case "image_url" ->
                blocks.add(image(part.path("image_url"), at, marks(part)).orElseGet(() -> omitted(type, "image")));
            case "input_image" -> {
                refuseFileId(part, at, "image_url");
                blocks.add(image(part.path("image_url"), at, MediaText.withDetail(marks(part), part))
                        .orElseGet(() -> omitted(type, "image")));
            }
            case "input_file" -> blocks.add(file(part, at, part));
            case "file" -> blocks.add(file(part.path("file"), at + ".file", part));
            case "tool_use", "tool_result", "image", "document", "thinking", "redacted_thinking", "search_result" ->
                ofMessages(part, blocks);
            default -> {
                dropped.add("messages.content." + type);
                addText("[" + type + " omitted]", Map.of(), blocks);
            }
        }
    }

    /** Cursor and others mix blocks of Anthropic's into chat messages. Thinking counts with its proof only. */
    private static void ofMessages(JsonNode part, List<ContentBlock> blocks) {
        if (!(part instanceof ObjectNode object)) {
            return;
        }
        ContentBlock block = BlockReader.block(object);
        boolean unproved = block instanceof ContentBlock.Thinking thinking
                && thinking.signature().isBlank();
        if (!unproved) {
            blocks.add(block);
        }
    }

    private Optional<ContentBlock> image(JsonNode image, String at, Map<String, @Nullable Object> marks) {
        refuseFileId(image, at + ".image_url", "url");
        String url = image.isTextual() ? image.textValue() : image.path("url").asText("");
        Map<String, @Nullable Object> more = MediaText.withDetail(marks, image);
        if (!DataUrl.isDataUrl(url)) {
            return url.isEmpty() ? Optional.empty() : Optional.of(ContentBlock.image(MediaSource.url(url), more));
        }
        return DataUrl.read(url).map(data -> ContentBlock.image(data, more));
    }

    private ContentBlock file(JsonNode file, String at, JsonNode part) {
        refuseFileId(file, at, "file_data");
        String name = file.path("filename").asText("");
        return DocumentSource.of(file.path("file_data").asText(""))
                .<ContentBlock>map(source -> ContentBlock.document(source, name, marks(part)))
                .orElseGet(() -> omitted(part.path("type").asText(""), name.isEmpty() ? "file" : "file " + name));
    }

    private void refuseFileId(JsonNode file, String at, String instead) {
        if (file.hasNonNull("file_id")) {
            throw StoredFile.refusal(at, file.path("file_id").asText(""), instead, dropped.provider());
        }
    }

    private ContentBlock omitted(String type, String what) {
        dropped.add("messages.content." + type);
        return ContentBlock.text("[" + what + " omitted]");
    }

    private static void addText(String text, Map<String, @Nullable Object> marks, List<ContentBlock> blocks) {
        if (!text.isBlank()) {
            blocks.add(ContentBlock.text(text, marks));
        }
    }
}
