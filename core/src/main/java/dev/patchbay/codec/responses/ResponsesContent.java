package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.DataUrl;
import dev.patchbay.json.Json;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the content of Responses items (dialects.md, P1 and P2). */
final class ResponsesContent {

    private ResponsesContent() {}

    /** Content: a string, or a list of parts; blank texts and parts of unknown types are skipped. */
    static List<ContentBlock> read(JsonNode content) {
        List<ContentBlock> blocks = new ArrayList<>();
        if (content.isTextual()) {
            text(content, blocks);
        }
        if (content.isArray()) {
            content.forEach(part -> part(part, blocks));
        }
        return blocks;
    }

    /** The output of a call: like content, but that an object of any other shape is its own text. */
    static List<ContentBlock> output(JsonNode output) {
        if (!output.isObject()) {
            return read(output);
        }
        JsonNode content = output.path("content");
        return content.isTextual() ? read(content) : List.of(new ContentBlock.Text(Json.text(output)));
    }

    /** The readable text of a reasoning item: the reasoning itself, else its summary. */
    static String reasoning(JsonNode item) {
        String full = texts(item.path("content"));
        return full.isEmpty() ? texts(item.path("summary")) : full;
    }

    private static String texts(JsonNode parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    private static void part(JsonNode part, List<ContentBlock> blocks) {
        switch (part.path("type").asText("")) {
            case "input_text", "output_text", "text" ->
                blocks.add(new ContentBlock.Text(part.path("text").asText("")));
            case "refusal" ->
                blocks.add(new ContentBlock.Text(part.path("refusal").asText("")));
            case "input_image" -> blocks.add(new ContentBlock.Image(image(part)));
            case "input_file" -> blocks.add(file(part));
            default -> {}
        }
    }

    private static void text(JsonNode text, List<ContentBlock> blocks) {
        if (!text.asText("").isBlank()) {
            blocks.add(new ContentBlock.Text(text.asText()));
        }
    }

    private static MediaSource image(JsonNode part) {
        JsonNode image = part.path("image_url");
        String url = image.isTextual() ? image.textValue() : image.path("url").asText("");
        return source(url, part);
    }

    private static ContentBlock file(JsonNode part) {
        Optional<String> name = Optional.ofNullable(part.path("filename").textValue());
        String data = part.path("file_data").asText("");
        boolean bare = !data.isEmpty() && !DataUrl.isDataUrl(data);
        MediaSource source = bare
                ? new MediaSource.Base64("application/pdf", data)
                : source(data.isEmpty() ? part.path("file_url").asText("") : data, part);
        return new ContentBlock.Document(source, name, Map.of());
    }

    private static MediaSource source(String url, JsonNode part) {
        Optional<MediaSource.Base64> data = DataUrl.read(url);
        if (data.isPresent()) {
            return data.get();
        }
        return url.isEmpty() ? new MediaSource.FileId(part.path("file_id").asText("")) : new MediaSource.Url(url);
    }
}
