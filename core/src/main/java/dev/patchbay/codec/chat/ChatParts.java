package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.DataUrl;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the content of a chat message (dialects.md, VQ2). */
final class ChatParts {

    private static final String PDF = "application/pdf";

    private ChatParts() {}

    /** Content: a string, or a list of parts; blank text is dropped, what is not known becomes a note. */
    static List<ContentBlock> read(JsonNode content) {
        List<ContentBlock> blocks = new ArrayList<>();
        if (content.isTextual()) {
            addText(content.textValue(), blocks);
        } else if (content.isArray()) {
            content.forEach(part -> read(part, blocks));
        }
        return blocks;
    }

    private static void read(JsonNode part, List<ContentBlock> blocks) {
        String type = part.path("type").asText("text");
        switch (type) {
            case "text" ->
                addText(part.isTextual() ? part.textValue() : part.path("text").asText(""), blocks);
            case "refusal" -> addText(part.path("refusal").asText(""), blocks);
            case "image_url" -> blocks.add(image(part.path("image_url")));
            case "file" -> blocks.add(file(part.path("file")));
            default -> addText("[" + type + " omitted]", blocks);
        }
    }

    private static ContentBlock image(JsonNode image) {
        String url = image.isTextual() ? image.textValue() : image.path("url").asText("");
        if (!DataUrl.isDataUrl(url)) {
            return url.isEmpty() ? omitted("image") : new ContentBlock.Image(new MediaSource.Url(url));
        }
        return DataUrl.read(url).<ContentBlock>map(ContentBlock.Image::new).orElseGet(() -> omitted("image"));
    }

    private static ContentBlock file(JsonNode file) {
        Optional<String> name = Optional.ofNullable(file.path("filename").textValue());
        return DataUrl.read(file.path("file_data").asText(""))
                .filter(data -> data.mediaType().equals(PDF))
                .<ContentBlock>map(data -> new ContentBlock.Document(data, name, Map.of()))
                .orElseGet(() -> omitted(name.map(text -> "file " + text).orElse("file")));
    }

    private static ContentBlock omitted(String what) {
        return new ContentBlock.Text("[" + what + " omitted]");
    }

    private static void addText(String text, List<ContentBlock> blocks) {
        if (!text.isBlank()) {
            blocks.add(new ContentBlock.Text(text));
        }
    }
}
