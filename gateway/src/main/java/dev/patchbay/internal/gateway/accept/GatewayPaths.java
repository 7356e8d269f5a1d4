package dev.patchbay.internal.gateway.accept;

import dev.patchbay.internal.gateway.client.ChatCompletionsClient;
import dev.patchbay.internal.gateway.client.ClientDialect;
import dev.patchbay.internal.gateway.client.CountingClient;
import dev.patchbay.internal.gateway.client.EmbeddingsClient;
import dev.patchbay.internal.gateway.client.MessagesClient;
import dev.patchbay.internal.gateway.client.ResponsesClient;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** What a path behind an address means. */
public final class GatewayPaths {

    public static final String METRICS = "/metrics";
    public static final String HEALTH = "/health";
    public static final Charset UTF_8 = StandardCharsets.UTF_8;

    private static final String ROOT = "/v1/";
    private static final String MODELS = ROOT + "models";

    private final MessagesClient messages = new MessagesClient();
    private final ChatCompletionsClient chat = new ChatCompletionsClient();
    private final Map<String, ClientDialect> conversations = Map.of(
            "/v1/messages",
            messages,
            "/v1/messages/count_tokens",
            new CountingClient(),
            "/v1/chat/completions",
            chat,
            "/v1/responses",
            new ResponsesClient(),
            "/v1/embeddings",
            new EmbeddingsClient());

    public boolean isKnown(String path) {
        return isConversation(path)
                || path.equals(METRICS)
                || path.equals(HEALTH)
                || path.equals(MODELS)
                || path.startsWith(MODELS + "/");
    }

    public boolean isConversation(String path) {
        return conversations.containsKey(path);
    }

    public HttpMethod method(String path) {
        return isConversation(path) ? HttpMethod.POST : HttpMethod.GET;
    }

    /** The dialect that the end of a path points to, whatever stands before it. */
    public ClientDialect dialect(String path) {
        for (Map.Entry<String, ClientDialect> conversation : conversations.entrySet()) {
            if (path.endsWith(conversation.getKey())) {
                return conversation.getValue();
            }
        }
        return chat;
    }

    /** Whether the end of a path is one of a conversation, whatever stands before it. */
    public boolean endsAsConversation(String path) {
        return conversations.keySet().stream().anyMatch(path::endsWith);
    }

    /** Whether a path stands where operations do, so that the base URL before it is right; but it is none that is served. */
    public boolean isOperationElsewhere(String path) {
        return path.startsWith(ROOT)
                && !endsAsConversation(path)
                && conversations.keySet().stream()
                        .noneMatch(served -> path.endsWith(served.substring(ROOT.length() - 1)));
    }

    /** The paths of all that can be asked for, for people. */
    public String served() {
        return conversations.keySet().stream().sorted().collect(Collectors.joining(", ")) + " and " + MODELS;
    }

    /** The dialect of a request; where the path does not say, Anthropic's clients show by a header. */
    public ClientDialect dialect(String path, MultiMap headers) {
        ClientDialect byPath = conversations.get(path);
        if (byPath != null) {
            return byPath;
        }
        return headers.contains("anthropic-version") ? messages : chat;
    }

    /**
     * The model that a path asks for; empty for the list.
     *
     * @throws ProviderException with status 400 if the path is not encoded as it should be
     */
    public String modelIn(String path) {
        if (path.equals(MODELS)) {
            return "";
        }
        try {
            // A plus is itself in a path.
            return URLDecoder.decode(path.substring(MODELS.length() + 1).replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw ProviderException.builder(Kind.INVALID_REQUEST, "the path is not percent-encoded as it should be")
                    .status(400)
                    .cause(notEncoded)
                    .build();
        }
    }
}
