package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DataUrl;
import dev.patchbay.codec.DocumentSource;
import dev.patchbay.codec.MediaText;
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

    private ResponsesContent() {}

    /**
     * Content: a string, or a list of parts; blank texts are skipped, and a part of an unknown type is named in its place.
     *
     * @param omitted takes the types of parts of which nothing else is told
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST for a file that OpenAI keeps
     */
    static List<ContentBlock> read(JsonNode content, Consumer<String> omitted) {
        List<ContentBlock> blocks = new ArrayList<>();
        (content.isArray() ? content : List.of(content)).forEach(part -> part(part, blocks, omitted));
        return blocks;
    }

    /** The output of a call: like content, but that JSON of any other shape is its own text. */
    static List<ContentBlock> output(JsonNode output, Consumer<String> omitted) {
        boolean parts = output.isArray()
                && StreamSupport.stream(output.spliterator(), false).allMatch(ResponsesContent::isPart);
        if (output.isNull() || output.isMissingNode() || output.isTextual() || parts) {
            return read(output, omitted);
        }
        JsonNode content = output.path("content");
        return content.isTextual() ? read(content, omitted) : List.of(ContentBlock.text(Json.text(output)));
    }

    private static boolean isPart(JsonNode part) {
        return part.path("type").isTextual();
    }

    private static void part(JsonNode part, List<ContentBlock> blocks, Consumer<String> omitted) {
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
                blocks.add(ContentBlock.image(image(part), MediaText.withDetail(Map.of(), part)));
            case "image_url" ->
                blocks.add(ContentBlock.image(image(part), MediaText.withDetail(Map.of(), part.path("image_url"))));
            case "input_file" -> blocks.add(file(part, () -> omitted.accept(type)));
            case "file" -> blocks.add(file(part.path("file"), () -> omitted.accept(type)));
            default -> {
                String told = type.isEmpty() ? "list" : type;
                omitted.accept(told);
                blocks.add(ContentBlock.text("[" + told + " omitted]"));
            }
        }
    }

    private static MediaSource image(JsonNode part) {
        JsonNode image = part.path("image_url");
        String url = image.isTextual() ? image.textValue() : image.path("url").asText("");
        return source(url, part);
    }

    private static ContentBlock file(JsonNode part, Runnable omitted) {
        String name = part.path("filename").asText("");
        String data = part.path("file_data").asText("");
        Optional<MediaSource> source = DocumentSource.of(data);
        if (source.isEmpty() && !data.isBlank()) {
            omitted.run();
            return ContentBlock.text("[file " + name + " omitted]");
        }
        MediaSource found = source.orElseGet(() -> source(part.path("file_url").asText(""), part));
        return ContentBlock.document(found, name, Map.of());
    }

    private static MediaSource source(String url, JsonNode part) {
        Optional<MediaSource.Base64> data = DataUrl.read(url);
        if (data.isPresent()) {
            return data.get();
        }
        String type = part.path("type").asText("");
        if (url.isEmpty() && !part.hasNonNull("file_id")) {
            throw Bodies.invalid(type + ": there is neither a URL nor data in it");
        }
        if (url.isEmpty()) {
            throw Bodies.invalid(
                    type + ".file_id: the file '" + part.path("file_id").asText("")
                            + "' is stored at OpenAI, where this model's provider cannot read it;"
                            + " send it as a data URL or by a URL");
        }
        return MediaSource.url(url);
    }
}
