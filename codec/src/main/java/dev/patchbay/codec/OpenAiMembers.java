package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Members of a request that are meant for OpenAI's dialects alone (dialects.md, M6b). They travel in {@link ChatRequest#more} under one
 * name, {@value #PLACE}, as a map of their own: no name of theirs can reach Anthropic, where the same one may mean something else
 * ({@code service_tier}, {@code metadata}).
 */
public final class OpenAiMembers {

    /** Where they stand in {@link ChatRequest#more}. */
    public static final String PLACE = "openai";

    public static final String METADATA = "metadata";

    /** The API reference of OpenAI, Responses, metadata. */
    private static final int MOST_METADATA = 16;

    private static final int LONGEST_METADATA_NAME = 64;
    private static final int LONGEST_METADATA = 512;

    /** What a Responses endpoint takes under the name that chat has for it. */
    public static final List<String> OF_RESPONSES = List.of(
            METADATA,
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "safety_identifier",
            "service_tier",
            "user");

    /** Beside those of all dialects: what Codex sends with every turn, and no answer depends on. */
    private static final Set<String> HARMLESS = Set.of("prompt_cache_key", "safety_identifier");

    private OpenAiMembers() {}

    /**
     * Keeps every member of a client's request that says something and is not read otherwise; all of them count as lost until an upstream
     * takes them.
     */
    public static void keep(ObjectNode body, Set<String> read, ChatRequest.Builder request, DroppedMembers dropped) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        body.properties().forEach(member -> {
            if (!read.contains(member.getKey()) && says(member)) {
                kept.put(member.getKey(), JsonValues.toJdk(member.getValue()));
            }
        });
        if (!kept.isEmpty()) {
            request.more(PLACE, Collections.unmodifiableMap(kept));
            kept.keySet().forEach(name -> note(name, dropped));
        }
    }

    /** Adds those that an upstream takes to the body for it, unless they stand there, and names the others. */
    public static void write(ChatRequest request, Collection<String> taken, ObjectNode body, DroppedMembers dropped) {
        Object place = request.more().get(PLACE);
        if (!(place instanceof Map<?, ?> members)) {
            if (place != null) {
                dropped.add(PLACE);
            }
            return;
        }
        members.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (taken.contains(name)) {
                if (!body.has(name)) {
                    body.set(name, JsonValues.toNode(value));
                }
                dropped.remove(name);
            } else {
                note(name, dropped);
            }
        });
    }

    /**
     * Whether a request has metadata that OpenAI takes: at most 16 short texts. Clients of gateways write lists and objects there, which
     * are none of a provider's business.
     */
    public static boolean hasPlainMetadata(ChatRequest request) {
        return request.more().get(PLACE) instanceof Map<?, ?> members
                && members.get(METADATA) instanceof Map<?, ?> metadata
                && metadata.size() <= MOST_METADATA
                && metadata.entrySet().stream()
                        .allMatch(entry -> String.valueOf(entry.getKey()).length() <= LONGEST_METADATA_NAME
                                && entry.getValue() instanceof String text
                                && text.length() <= LONGEST_METADATA);
    }

    private static void note(String name, DroppedMembers dropped) {
        if (!HARMLESS.contains(name) && !DroppedMembers.isHarmless(name)) {
            dropped.add(name);
        }
    }

    /** A penalty of 0 says nothing, nor does an empty list; options of a search that are empty switch it on. */
    private static boolean says(Map.Entry<String, JsonNode> member) {
        JsonNode value = member.getValue();
        boolean silent = value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isBoolean() && !value.booleanValue())
                || (value.isNumber() && value.doubleValue() == 0);
        return !silent || (member.getKey().equals("web_search_options") && value.isObject());
    }
}
