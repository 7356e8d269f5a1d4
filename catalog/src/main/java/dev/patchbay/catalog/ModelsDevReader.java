package dev.patchbay.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.catalog.CatalogModel.Ability;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads models.dev as one JSON document: {@code {source, commit, date, licence, providers: {id: …}}}.
 *
 * <p>What it does not know it refuses, by its path: a member whose meaning nobody looked up could change what the others mean.
 */
public final class ModelsDevReader {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private static final Set<String> DOCUMENT = Set.of("source", "commit", "date", "licence", "providers");
    private static final Set<String> PROVIDER = Set.of("id", "name", "npm", "api", "env", "doc", "models");
    /** {@code provider} is another address for this one model, {@code experimental} other modes of it; both are not for us. */
    private static final Set<String> MODEL = Set.of(
            "id",
            "name",
            "attachment",
            "reasoning",
            "reasoning_options",
            "temperature",
            "tool_call",
            "structured_output",
            "knowledge",
            "release_date",
            "last_updated",
            "modalities",
            "open_weights",
            "limit",
            "cost",
            "interleaved",
            "provider",
            "status",
            "experimental",
            "family");

    private static final Set<String> LIMITS = Set.of("context", "input", "output");
    /** Of steps by length of the input ({@code tiers}) the first is kept, which the plain members repeat. */
    private static final Set<String> COSTS = Set.of(
            "input",
            "output",
            "cache_read",
            "cache_write",
            "tiers",
            "context_over_200k",
            "reasoning",
            "input_audio",
            "output_audio",
            "cache_input",
            "cached_input",
            "cached_write",
            "image",
            "citation",
            "request");

    private static final Set<String> MODALITIES = Set.of("text", "image", "pdf", "audio", "video", "embedding");
    private static final Set<String> STATUSES = Set.of("alpha", "beta", "deprecated");

    /** The dialect behind a client library; libraries of vendors speak dialects of their own, or a known one at an address that they keep to themselves. */
    private static final Map<String, Optional<String>> DIALECTS = dialects();

    private ModelsDevReader() {}

    /**
     * Reads a document.
     *
     * @throws CatalogException if it is no such document or has a member that is not known here; the message names its path
     */
    public static Catalog read(String json) {
        JsonNode document;
        try {
            document = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new CatalogException("not JSON: " + e.getOriginalMessage());
        }
        known("", document, DOCUMENT);
        Map<String, CatalogProvider> providers = new LinkedHashMap<>();
        object("providers", document.path("providers"))
                .properties()
                .forEach(entry -> providers.put(entry.getKey(), provider(entry.getKey(), entry.getValue())));
        try {
            return new Catalog(
                    text("commit", document.path("commit")),
                    LocalDate.parse(text("date", document.path("date"))),
                    providers);
        } catch (DateTimeException e) {
            throw new CatalogException("date: " + e.getMessage());
        }
    }

    private static CatalogProvider provider(String id, JsonNode json) {
        String at = "providers." + id;
        known(at, json, PROVIDER);
        String library = text(at + ".npm", json.path("npm"));
        Optional<String> dialect = DIALECTS.get(library);
        if (dialect == null) {
            throw new CatalogException(at + ".npm: unknown client library '" + library + "'");
        }
        List<String> variables = new ArrayList<>();
        json.path("env").forEach(variable -> variables.add(text(at + ".env", variable)));
        Map<String, CatalogModel> models = new LinkedHashMap<>();
        object(at + ".models", json.path("models"))
                .properties()
                .forEach(entry -> models.put(
                        entry.getKey(), model(at + ".models." + entry.getKey(), entry.getKey(), entry.getValue())));
        return new CatalogProvider(
                id,
                text(at + ".name", json.path("name")).strip().replaceAll("\\s+", " "),
                dialect,
                json.has("api") ? fixedUrl(text(at + ".api", json.path("api"))) : Optional.empty(),
                variables,
                text(at + ".doc", json.path("doc")),
                models);
    }

    /** Empty where it holds a variable, or a key would go over the network in plain text. */
    private static Optional<URI> fixedUrl(String url) {
        if (url.contains("$")) {
            return Optional.empty();
        }
        URI uri = URI.create(url);
        boolean loopback = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
        return "https".equals(uri.getScheme()) || loopback ? Optional.of(uri) : Optional.empty();
    }

    private static CatalogModel model(String at, String id, JsonNode json) {
        known(at, json, MODEL);
        JsonNode limit = object(at + ".limit", json.path("limit"));
        known(at + ".limit", limit, LIMITS);
        JsonNode cost = json.path("cost");
        if (!cost.isMissingNode()) {
            known(at + ".cost", object(at + ".cost", cost), COSTS);
        }
        return new CatalogModel(
                id,
                text(at + ".name", json.path("name")).strip().replaceAll("\\s+", " "),
                tokens(at + ".limit.context", limit.path("context")),
                tokens(at + ".limit.input", limit.path("input")),
                tokens(at + ".limit.output", limit.path("output")),
                abilities(at, json),
                price(at + ".cost.input", cost.path("input")),
                price(at + ".cost.output", cost.path("output")),
                price(at + ".cost.cache_read", cost.path("cache_read")),
                price(at + ".cost.cache_write", cost.path("cache_write")));
    }

    private static Set<Ability> abilities(String at, JsonNode json) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        Set<String> input =
                words(at + ".modalities.input", json.path("modalities").path("input"), MODALITIES);
        Set<String> output =
                words(at + ".modalities.output", json.path("modalities").path("output"), MODALITIES);
        add(abilities, Ability.TOOLS, json.path("tool_call").asBoolean());
        add(abilities, Ability.IMAGES, input.contains("image"));
        add(abilities, Ability.PDF, input.contains("pdf"));
        add(abilities, Ability.REASONING, json.path("reasoning").asBoolean());
        add(abilities, Ability.STRUCTURED_OUTPUT, json.path("structured_output").asBoolean());
        add(abilities, Ability.TEXT, output.contains("text"));
        String status = json.path("status").asText("");
        if (!status.isEmpty() && !STATUSES.contains(status)) {
            throw new CatalogException(at + ".status: unknown '" + status + "'");
        }
        add(abilities, Ability.DEPRECATED, status.equals("deprecated"));
        return Set.copyOf(abilities);
    }

    private static void add(Set<Ability> abilities, Ability ability, boolean has) {
        if (has) {
            abilities.add(ability);
        }
    }

    private static Set<String> words(String at, JsonNode list, Set<String> known) {
        Set<String> words = new HashSet<>();
        for (JsonNode word : list) {
            if (!known.contains(word.asText())) {
                throw new CatalogException(at + ": unknown '" + word.asText() + "'");
            }
            words.add(word.asText());
        }
        return words;
    }

    private static void known(String at, JsonNode object, Set<String> members) {
        object(at, object).fieldNames().forEachRemaining(member -> {
            if (!members.contains(member)) {
                throw new CatalogException((at.isEmpty() ? "" : at + ".") + member + ": unknown member");
            }
        });
    }

    private static JsonNode object(String at, JsonNode node) {
        if (!node.isObject()) {
            throw new CatalogException((at.isEmpty() ? "the document" : at) + ": an object is expected");
        }
        return node;
    }

    private static String text(String at, JsonNode node) {
        if (!node.isTextual()) {
            throw new CatalogException(at + ": a text is expected");
        }
        return node.textValue();
    }

    /** 0 stands for "not told" in the source. */
    private static OptionalInt tokens(String at, JsonNode node) {
        if (node.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!node.canConvertToInt() || node.intValue() < 0) {
            throw new CatalogException(at + ": a number of tokens is expected");
        }
        return node.intValue() == 0 ? OptionalInt.empty() : OptionalInt.of(node.intValue());
    }

    private static Optional<BigDecimal> price(String at, JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isNumber() || node.decimalValue().signum() < 0) {
            throw new CatalogException(at + ": a price in USD is expected");
        }
        return Optional.of(node.decimalValue());
    }

    private static Map<String, Optional<String>> dialects() {
        Map<String, Optional<String>> dialects = new LinkedHashMap<>();
        dialects.put("@ai-sdk/openai-compatible", Optional.of("openai-chat"));
        dialects.put("@ai-sdk/anthropic", Optional.of("anthropic-messages"));
        dialects.put("@ai-sdk/openai", Optional.of("openai-responses"));
        for (String library : List.of(
                "@aihubmix/ai-sdk-provider",
                "@ai-sdk/amazon-bedrock",
                "@ai-sdk/azure",
                "@ai-sdk/cerebras",
                "ai-gateway-provider",
                "@ai-sdk/cohere",
                "@ai-sdk/deepinfra",
                "gitlab-ai-provider",
                "@ai-sdk/google",
                "@ai-sdk/google-vertex",
                "@ai-sdk/google-vertex/anthropic",
                "@ai-sdk/groq",
                "merge-gateway-ai-sdk-provider",
                "@ai-sdk/mistral",
                "@openrouter/ai-sdk-provider",
                "@ai-sdk/perplexity",
                "@jerome-benoit/sap-ai-provider-v2",
                "@ai-sdk/togetherai",
                "@ai-sdk/vercel",
                "venice-ai-sdk-provider",
                "@ai-sdk/gateway",
                "@ai-sdk/xai")) {
            dialects.put(library, Optional.empty());
        }
        return dialects;
    }
}
