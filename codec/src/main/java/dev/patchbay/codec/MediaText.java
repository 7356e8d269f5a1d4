package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images, documents and search results as text, for upstreams that do not take them; never their Base64 (dialects.md, Q5, Q6). */
public final class MediaText {

    /** What stands in the place of an image that cannot be carried. */
    public static final String OMITTED_IMAGE = "[image omitted]";

    private static final String DETAIL = "detail";

    /** The member of a document with what the client says of it. */
    static final String CONTEXT = "context";

    private MediaText() {}

    /** Members of an image with how closely it is to be looked at, as OpenAI's dialects say it. */
    public static Map<String, @Nullable Object> withDetail(Map<String, @Nullable Object> members, JsonNode image) {
        String detail = image.path(DETAIL).asText("");
        if (detail.isEmpty()) {
            return members;
        }
        Map<String, @Nullable Object> more = new HashMap<>(members);
        more.put(DETAIL, detail);
        return Collections.unmodifiableMap(more);
    }

    /** How closely an image is to be looked at; empty where nobody said. */
    public static Optional<String> detail(ContentBlock.Image image) {
        return Optional.ofNullable(image.more().get(DETAIL)).map(String::valueOf);
    }

    /** The text of an image, document or search result; empty for other blocks. */
    public static String of(ContentBlock block) {
        if (block instanceof ContentBlock.Image) {
            return OMITTED_IMAGE;
        }
        if (block instanceof ContentBlock.Document document) {
            return documentText(document);
        }
        if (block instanceof ContentBlock.SearchResult result) {
            return searchText(result);
        }
        return "";
    }

    private static String documentText(ContentBlock.Document document) {
        String title = document.title().map(text -> text + " ").orElse("");
        MediaSource source = document.source();
        if (source instanceof MediaSource.PlainText plain) {
            return context(document) + plain.text();
        }
        if (source instanceof MediaSource.Blocks blocks) {
            return context(document) + texts(blocks.content());
        }
        if (source instanceof MediaSource.Base64 file) {
            return "[document omitted: " + title + "(" + file.mediaType() + ")]";
        }
        String where = source instanceof MediaSource.Url link ? link.url() : "stored file";
        return "[document omitted: " + title + "(" + where + ")]";
    }

    /** What the client says of a document, which the model reads beside it. */
    private static String context(ContentBlock.Document document) {
        return document.more().get(CONTEXT) instanceof String context && !context.isBlank() ? context + "\n" : "";
    }

    private static String searchText(ContentBlock.SearchResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.title());
        lines.add(result.source());
        lines.add(texts(result.content()));
        lines.removeIf(String::isBlank);
        return String.join("\n", lines);
    }

    private static String texts(List<ContentBlock> blocks) {
        List<String> texts = new ArrayList<>();
        for (ContentBlock block : blocks) {
            texts.add(block instanceof ContentBlock.Text text ? text.text() : of(block));
        }
        texts.removeIf(String::isBlank);
        return String.join("\n", texts);
    }
}
