package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DataUrl;
import dev.patchbay.codec.DocumentSource;
import dev.patchbay.codec.MediaText;
import dev.patchbay.codec.StoredFile;
import dev.patchbay.codec.UntypedPart;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** Reads the content of Responses items (dialects.md, P1 and P2). */
final class ResponsesContent {

    private final String place;
    private final String provider;
    private final Consumer<String> omitted;

    /**
     * A reader of one content.
     *
     * @param place where it stands in the request
     * @param provider that the request goes to
     * @param omitted takes the types of parts of which nothing else is told
     */
    ResponsesContent(String place, String provider, Consumer<String> omitted) {
        this.place = place;
        this.provider = provider;
        this.omitted = omitted;
    }

    /**
     * Content: a string, or a list of parts; blank texts are skipped, and a part of an unknown type is named in its place.
     *
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST for a file that OpenAI keeps, and for a list where a part belongs
     */
    List<ContentBlock> read(JsonNode content) {
        List<ContentBlock> blocks = new ArrayList<>();
        int index = 0;
        for (JsonNode part : content.isArray() ? content : List.of(content)) {
            part(part, content.isArray() ? place + "[" + index + "]" : place, blocks);
            index++;
        }
        return blocks;
    }

    /** The output of a call: like content, but that JSON of any other shape is its own text. */
    List<ContentBlock> output(JsonNode output) {
        boolean parts = output.isArray()
                && StreamSupport.stream(output.spliterator(), false).allMatch(ResponsesContent::isPart);
        if (output.isNull() || output.isMissingNode() || output.isTextual() || parts) {
            return read(output);
        }
        JsonNode content = output.path("content");
        return content.isTextual() ? read(content) : List.of(ContentBlock.text(Json.text(output)));
    }

    private static boolean isPart(JsonNode part) {
        return part.path("type").isTextual();
    }

    private void part(JsonNode part, String at, List<ContentBlock> blocks) {
        if (part.isArray()) {
            throw Bodies.invalid(at + ": must be an object or a text, not a list");
        }
        Optional<String> untyped = UntypedPart.text(part);
        if (untyped.isPresent()) {
            untyped.filter(text -> !text.isBlank()).map(ContentBlock::text).ifPresent(blocks::add);
            return;
        }
        String type = part.path("type").asText("");
        switch (type) {
            case "input_text", "output_text", "text", "summary_text", "reasoning_text" ->
                blocks.add(ContentBlock.text(part.path("text").asText("")));
            case "refusal" -> blocks.add(ContentBlock.text(part.path("refusal").asText("")));
            case "input_image", "computer_screenshot" ->
                blocks.add(ContentBlock.image(image(part, at), MediaText.withDetail(Map.of(), part)));
            case "image_url" ->
                blocks.add(ContentBlock.image(image(part, at), MediaText.withDetail(Map.of(), part.path("image_url"))));
            case "input_file" -> blocks.add(file(part, at, type));
            case "file" -> blocks.add(file(part.path("file"), at, type));
            default -> {
                omitted.accept(type);
                blocks.add(ContentBlock.text("[" + type + " omitted]"));
            }
        }
    }

    private MediaSource image(JsonNode part, String at) {
        JsonNode image = part.path("image_url");
        String url = image.isTextual() ? image.textValue() : image.path("url").asText("");
        return source(url, part, at, "image_url");
    }

    private ContentBlock file(JsonNode part, String at, String type) {
        String name = part.path("filename").asText("");
        String data = part.path("file_data").asText("");
        if (!part.path("detail").asText("auto").equals("auto")) {
            omitted.accept(type + ".detail");
        }
        Optional<MediaSource> source = DocumentSource.of(data);
        if (source.isEmpty() && !data.isBlank()) {
            omitted.accept(type);
            return ContentBlock.text("[file " + name + " omitted]");
        }
        MediaSource found = source.orElseGet(() -> source(part.path("file_url").asText(""), part, at, "file_data"));
        return ContentBlock.document(found, name, Map.of());
    }

    private MediaSource source(String url, JsonNode part, String at, String member) {
        Optional<MediaSource.Base64> data = DataUrl.read(url);
        if (data.isPresent()) {
            return data.get();
        }
        if (url.isEmpty() && part.hasNonNull("file_id")) {
            throw StoredFile.refusal(at, part.path("file_id").asText(""), member, provider);
        }
        if (url.isEmpty()) {
            throw Bodies.invalid(
                    at + ": " + part.path("type").asText("file") + ": there is neither a URL nor data in it");
        }
        return MediaSource.url(url);
    }
}
