package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.json.Json;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.ArrayList;
import java.util.List;
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
            return quirks.images() ? imageUrl(image.source()).map(ChatMedia::imagePart) : Optional.empty();
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
        if (block instanceof ContentBlock.Image) {
            return "[image omitted]";
        }
        if (block instanceof ContentBlock.Document document) {
            return documentText(document);
        }
        if (block instanceof ContentBlock.SearchResult result) {
            return searchText(result);
        }
        return "";
    }

    private String documentText(ContentBlock.Document document) {
        String title = document.title().map(text -> text + " ").orElse("");
        MediaSource source = document.source();
        if (source instanceof MediaSource.PlainText plain) {
            return plain.text();
        }
        if (source instanceof MediaSource.Blocks blocks) {
            return texts(blocks.content());
        }
        if (source instanceof MediaSource.Base64 file) {
            return "[document omitted: " + title + "(" + file.mediaType() + ")]";
        }
        String where = source instanceof MediaSource.Url link ? link.url() : "stored file";
        return "[document omitted: " + title + "(" + where + ")]";
    }

    private String searchText(ContentBlock.SearchResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.title());
        lines.add(result.source());
        lines.add(texts(result.content()));
        lines.removeIf(String::isBlank);
        return String.join("\n", lines);
    }

    private String texts(List<ContentBlock> blocks) {
        List<String> texts = new ArrayList<>();
        for (ContentBlock block : blocks) {
            texts.add(block instanceof ContentBlock.Text text ? text.text() : text(block));
        }
        texts.removeIf(String::isBlank);
        return String.join("\n", texts);
    }

    private static Optional<String> imageUrl(MediaSource source) {
        if (source instanceof MediaSource.Base64 bytes) {
            return Optional.of("data:" + bytes.mediaType() + ";base64," + bytes.data());
        }
        return source instanceof MediaSource.Url link ? Optional.of(link.url()) : Optional.empty();
    }

    private static ObjectNode imagePart(String url) {
        ObjectNode part = Json.object().put("type", "image_url");
        part.putObject("image_url").put("url", url);
        return part;
    }

    private static ObjectNode filePart(String name, String base64) {
        ObjectNode part = Json.object().put("type", "file");
        part.putObject("file").put("filename", name).put("file_data", "data:" + PDF + ";base64," + base64);
        return part;
    }
}
