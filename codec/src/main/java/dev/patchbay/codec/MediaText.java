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

    /**
     * What OpenAI's dialects can be told of blocks, in order: what they have no place for of a document stands as text before what is left
     * of it, and images in one that is made of blocks stand for themselves (Q6), in results as well.
     */
    static List<ContentBlock> opened(List<ContentBlock> blocks) {
        return blocks.stream().flatMap(block -> opened(block).stream()).toList();
    }

    private static List<ContentBlock> opened(ContentBlock block) {
        if (block instanceof ContentBlock.ToolResult result) {
            return List.of(ContentBlock.toolResult(
                    result.toolUseId(), opened(result.content()), result.isError(), result.more()));
        }
        if (!(block instanceof ContentBlock.Document document) || isText(document)) {
            return List.of(block);
        }
        MediaSource source = document.source();
        List<ContentBlock> opened = new ArrayList<>();
        if (source instanceof MediaSource.Blocks) {
            document.title().ifPresent(title -> opened.add(ContentBlock.text(title)));
        }
        context(document).ifPresent(context -> opened.add(ContentBlock.text(context)));
        opened.addAll(source instanceof MediaSource.Blocks blocks ? blocks.content() : List.of(document));
        return opened;
    }

    /** Whether all of a document is text. */
    static boolean isText(ContentBlock.Document document) {
        return document.source() instanceof MediaSource.PlainText
                || (document.source() instanceof MediaSource.Blocks blocks
                        && blocks.content().stream().noneMatch(ContentBlock.Image.class::isInstance));
    }

    private static String documentText(ContentBlock.Document document) {
        MediaSource source = document.source();
        if (source instanceof MediaSource.PlainText plain) {
            return told(document, plain.text());
        }
        if (source instanceof MediaSource.Blocks blocks) {
            return told(document, texts(blocks.content()));
        }
        String title = document.title().map(text -> text + " ").orElse("");
        if (source instanceof MediaSource.Base64 file) {
            return "[document omitted: " + title + "(" + file.mediaType() + ")]";
        }
        String where = source instanceof MediaSource.Url link ? link.url() : "stored file";
        return "[document omitted: " + title + "(" + where + ")]";
    }

    /** The text of a document, behind its title and what the client says of it. */
    private static String told(ContentBlock.Document document, String text) {
        List<String> lines = new ArrayList<>();
        document.title().ifPresent(lines::add);
        context(document).ifPresent(lines::add);
        lines.add(text);
        return String.join("\n", lines);
    }

    private static Optional<String> context(ContentBlock.Document document) {
        return Optional.ofNullable(document.more().get("context"))
                .map(String::valueOf)
                .filter(context -> !context.isBlank());
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
