package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.MediaText;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.Optional;

/** Writes blocks as the content parts of a Responses request (dialects.md, Q4 to Q6 and 1.11). */
final class ResponsesPartWriter {

    private static final String PDF = "application/pdf";

    private final Quirks quirks;

    ResponsesPartWriter(Quirks quirks) {
        this.quirks = quirks;
    }

    /** The part for an image or a file; empty if the upstream does not take it, or it is neither. */
    Optional<ObjectNode> media(ContentBlock block) {
        if (block instanceof ContentBlock.Image image) {
            return quirks.images()
                    ? image(image.source(), MediaText.detail(image).orElse("auto"))
                    : Optional.empty();
        }
        boolean files = !quirks.isSet("pdf") || quirks.pdfAsFile();
        return files && block instanceof ContentBlock.Document document ? file(document) : Optional.empty();
    }

    /** The title of a document that its part has no place for: a file has a name, an address has none. */
    static Optional<ObjectNode> title(ContentBlock block) {
        return block instanceof ContentBlock.Document document && document.source() instanceof MediaSource.Url
                ? document.title().map(ResponsesPartWriter::textPart)
                : Optional.empty();
    }

    /** What is told of a block that has no part of its own; empty for none. */
    static String text(ContentBlock block) {
        return block instanceof ContentBlock.Text text ? text.text() : MediaText.of(block);
    }

    static ObjectNode textPart(String text) {
        return Json.object().put("type", "input_text").put("text", text);
    }

    private static Optional<ObjectNode> image(MediaSource source, String detail) {
        Optional<String> url = Optional.empty();
        if (source instanceof MediaSource.Base64 bytes) {
            url = Optional.of(dataUrl(bytes));
        } else if (source instanceof MediaSource.Url link) {
            url = Optional.of(link.url());
        }
        return url.map(text ->
                Json.object().put("type", "input_image").put("image_url", text).put("detail", detail));
    }

    private static Optional<ObjectNode> file(ContentBlock.Document document) {
        ObjectNode part = Json.object().put("type", "input_file");
        if (document.source() instanceof MediaSource.Base64 bytes
                && bytes.mediaType().equals(PDF)) {
            part.put("filename", document.title().orElse("document.pdf"));
            return Optional.of(part.put("file_data", dataUrl(bytes)));
        }
        return document.source() instanceof MediaSource.Url link
                ? Optional.of(part.put("file_url", link.url()))
                : Optional.empty();
    }

    private static String dataUrl(MediaSource.Base64 bytes) {
        return "data:" + bytes.mediaType() + ";base64," + bytes.data();
    }
}
