package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.MediaText;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.Optional;

/** Images, documents and search results, as parts where the upstream takes them and as text otherwise (Q5, Q6). */
final class ChatMedia {

    private static final String PDF = "application/pdf";

    private final Quirks quirks;

    ChatMedia(Quirks quirks) {
        this.quirks = quirks;
    }

    /** The part for a block; empty if it has to be text. */
    Optional<ObjectNode> part(ContentBlock block) {
        if (block instanceof ContentBlock.Image image) {
            return quirks.images() ? imageUrl(image.source()).map(url -> imagePart(url, image)) : Optional.empty();
        }
        if (block instanceof ContentBlock.Document document
                && document.source() instanceof MediaSource.Base64 file
                && file.mediaType().equals(PDF)
                && quirks.pdfAsFile()) {
            return Optional.of(filePart(document.title().orElse("document.pdf"), file.data()));
        }
        return Optional.empty();
    }

    /** The text for a block that cannot be a part; never its Base64. Empty for blocks that are neither. */
    String text(ContentBlock block) {
        return MediaText.of(block);
    }

    private static Optional<String> imageUrl(MediaSource source) {
        if (source instanceof MediaSource.Base64 bytes) {
            return Optional.of("data:" + bytes.mediaType() + ";base64," + bytes.data());
        }
        return source instanceof MediaSource.Url link ? Optional.of(link.url()) : Optional.empty();
    }

    private static ObjectNode imagePart(String url, ContentBlock.Image image) {
        ObjectNode part = Json.object().put("type", "image_url");
        ObjectNode link = part.putObject("image_url").put("url", url);
        MediaText.detail(image).ifPresent(detail -> link.put("detail", detail));
        return part;
    }

    private static ObjectNode filePart(String name, String base64) {
        ObjectNode part = Json.object().put("type", "file");
        part.putObject("file").put("filename", name).put("file_data", "data:" + PDF + ";base64," + base64);
        return part;
    }
}
