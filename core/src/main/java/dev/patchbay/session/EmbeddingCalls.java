package dev.patchbay.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.client.EmbeddingRequest;
import dev.patchbay.client.Embeddings;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonSyntaxException;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks one provider for the vectors of texts, batch by batch, in OpenAI's terms. A provider that refuses a batch for its size is asked for
 * half of it from then on. Used by one thread.
 */
@InternalApi
public final class EmbeddingCalls {

    private static final Pattern TOO_MANY =
            Pattern.compile("batch|too many|too large|maximum|at most|limit|exceed", Pattern.CASE_INSENSITIVE);
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

    private final Route route;
    private final EmbeddingConnector connector;
    private final List<float[]> vectors = new ArrayList<>();
    private boolean counted = true;
    private long tokens;

    public EmbeddingCalls(Route route, EmbeddingConnector connector) {
        this.route = route;
        this.connector = connector;
    }

    /** @throws ProviderException if a batch fails, or the answer holds something else */
    Embeddings ask(EmbeddingRequest request) {
        ObjectNode rest = Json.object();
        request.dimensions().ifPresent(count -> rest.put("dimensions", count));
        request.more().forEach((name, value) -> rest.set(name, JsonValues.toNode(value)));
        List<JsonNode> texts =
                request.texts().stream().<JsonNode>map(TextNode::valueOf).toList();
        return ask(texts, rest, request.batchSize());
    }

    /**
     * The vectors of texts, or of lists of tokens.
     *
     * @param rest members of each request, less its model and its input; is changed
     * @param batchSize the most of one call
     * @throws ProviderException if a batch fails, or the answer holds something else
     */
    public Embeddings ask(List<JsonNode> inputs, ObjectNode rest, int batchSize) {
        rest.put("model", route.upstreamModel());
        int size = batchSize;
        int from = 0;
        while (from < inputs.size()) {
            List<JsonNode> batch = inputs.subList(from, Math.min(inputs.size(), from + size));
            rest.putArray("input").addAll(batch);
            try {
                read(connector.embed(route, rest), batch.size());
                from += batch.size();
            } catch (ProviderException refusal) {
                if (batch.size() == 1 || !isForItsSize(refusal)) {
                    throw refusal;
                }
                size = (batch.size() + 1) / 2;
            }
        }
        Usage usage = counted && !vectors.isEmpty()
                ? Usage.builder().inputTokens(tokens).outputTokens(0).build()
                : Usage.unknown();
        return Embeddings.of(route.provider(), route.upstreamModel(), vectors, usage);
    }

    /** Whether a provider refuses a batch that is too large, so that a smaller one may do. */
    public static boolean isForItsSize(ProviderException refusal) {
        int status = refusal.status().orElse(0);
        return status == 413
                || (REFUSALS.contains(status)
                        && TOO_MANY.matcher(String.valueOf(refusal.getMessage()))
                                .find());
    }

    private void read(byte[] answer, int wanted) {
        JsonNode root = parse(answer);
        float[] @Nullable [] read = new float[wanted][];
        int position = 0;
        for (JsonNode entry : root.path("data")) {
            int index = entry.path("index").asInt(position++);
            if (index < 0 || index >= wanted) {
                throw unreadable("a vector for a text that was not sent");
            }
            read[index] = vector(entry.path("embedding"));
        }
        for (float[] vector : read) {
            if (vector == null) {
                throw unreadable("fewer vectors than texts");
            }
            vectors.add(vector);
        }
        JsonNode usage = root.path("usage");
        JsonNode count = usage.has("prompt_tokens") ? usage.path("prompt_tokens") : usage.path("total_tokens");
        counted &= count.canConvertToLong();
        tokens += count.asLong();
    }

    private static JsonNode parse(byte[] answer) {
        try {
            return Json.parse(answer);
        } catch (JsonSyntaxException e) {
            throw unreadable("something that is not JSON");
        }
    }

    private static float[] vector(JsonNode embedding) {
        if (embedding.isTextual()) {
            return ofBase64(embedding.textValue());
        }
        if (!embedding.isArray() || embedding.isEmpty()) {
            throw unreadable("a vector that is neither an array nor Base64");
        }
        float[] vector = new float[embedding.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = embedding.path(i).floatValue();
        }
        return vector;
    }

    /** Floats of 32 bits, little endian. */
    private static float[] ofBase64(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
            float[] vector = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(vector);
            return vector;
        } catch (IllegalArgumentException e) {
            throw unreadable("a vector that is neither an array nor Base64");
        }
    }

    private static ProviderException unreadable(String what) {
        return ProviderException.builder(Kind.SERVER, "the provider answered with " + what)
                .retryable(false)
                .build();
    }
}
