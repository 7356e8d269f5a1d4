package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Web pages that an answer cites, as each dialect has them. Inside they have Anthropic's shape, without the proof that Anthropic's
 * own have (dialects.md, VR1).
 */
public final class WebCitations {

    private static final String TYPE = "web_search_result_location";
    private static final String PROOF = "encrypted_index";
    private static final String CITATION = "url_citation";
    private static final String START = "start_index";
    private static final String END = "end_index";

    private WebCitations() {}

    /** The pages among the annotations of an OpenAI dialect, nested as in chat or flat as in Responses. */
    public static List<Map<String, @Nullable Object>> of(JsonNode annotations) {
        List<Map<String, @Nullable Object>> citations = new ArrayList<>();
        for (JsonNode annotation : annotations) {
            JsonNode cited = annotation.has(CITATION) ? annotation.path(CITATION) : annotation;
            page(cited.path("url").asText(""), cited).ifPresent(citations::add);
        }
        return citations;
    }

    /** The pages that Perplexity and its like name beside an answer: addresses, or search results. */
    public static List<Map<String, @Nullable Object>> beside(JsonNode body) {
        JsonNode results = body.path("search_results");
        List<Map<String, @Nullable Object>> citations = new ArrayList<>();
        for (JsonNode result : results.isEmpty() ? body.path("citations") : results) {
            String url =
                    result.isTextual() ? result.textValue() : result.path("url").asText("");
            page(url, result).ifPresent(citations::add);
        }
        return citations;
    }

    private static Optional<Map<String, @Nullable Object>> page(String url, JsonNode said) {
        if (url.isBlank()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> citation = new LinkedHashMap<>();
        citation.put("type", TYPE);
        citation.put("url", url);
        citation.put("title", said.path("title").asText(""));
        citation.put("cited_text", said.path("content").asText(""));
        citation.put(PROOF, "");
        for (String place : List.of(START, END)) {
            OptionalInt index = JsonNumbers.toInt(said.path(place));
            if (index.isPresent()) {
                citation.put(place, index.getAsInt());
            }
        }
        return Optional.of(citation);
    }

    /** A page whose place counts from elsewhere, by so many characters earlier. */
    public static Map<String, @Nullable Object> moved(Map<String, @Nullable Object> citation, int by) {
        if (by == 0) {
            return citation;
        }
        Map<String, @Nullable Object> moved = new LinkedHashMap<>(citation);
        for (String place : List.of(START, END)) {
            moved.computeIfPresent(place, (name, index) -> place(index, -by) + by);
        }
        return moved;
    }

    /**
     * The members of a {@code url_citation}; empty for what is no web page. Without a place of its own it stands for the whole
     * text.
     *
     * @param start where the text begins that cites it
     * @param end where that text ends
     */
    public static Optional<ObjectNode> annotation(Object citation, int start, int end) {
        if (!(citation instanceof Map<?, ?> cited) || !(cited.get("url") instanceof String url)) {
            return Optional.empty();
        }
        return Optional.of(Json.object()
                .put(START, start + place(cited.get(START), 0))
                .put(END, start + place(cited.get(END), end - start))
                .put("title", cited.get("title") instanceof String title ? title : "")
                .put("url", url));
    }

    private static int place(@Nullable Object said, int otherwise) {
        return said instanceof Integer index ? index : otherwise;
    }

    /** Members of a text as Anthropic takes them back: it refuses a page that it has not found itself. */
    public static Map<String, @Nullable Object> proved(Map<String, @Nullable Object> more) {
        if (!(more.get("citations") instanceof List<?> citations)) {
            return more;
        }
        List<?> proved = citations.stream()
                .filter(citation -> !(citation instanceof Map<?, ?> cited) || !"".equals(cited.get(PROOF)))
                .toList();
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(more);
        if (proved.isEmpty()) {
            kept.remove("citations");
        } else {
            kept.put("citations", proved);
        }
        return kept;
    }

    /** The same for a block that passes through. */
    public static void removeUnproved(ObjectNode text) {
        if (!text.path("citations").isArray()) {
            return;
        }
        var citations = text.path("citations").elements();
        while (citations.hasNext()) {
            JsonNode proof = citations.next().path(PROOF);
            if (proof.isTextual() && proof.textValue().isEmpty()) {
                citations.remove();
            }
        }
        if (text.path("citations").isEmpty()) {
            text.remove("citations");
        }
    }
}
