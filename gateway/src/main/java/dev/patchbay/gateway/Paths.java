package dev.patchbay.gateway;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a path behind an address means. */
final class Paths {

    static final String METRICS = "/metrics";
    static final Charset UTF_8 = StandardCharsets.UTF_8;

    private static final String MODELS = "/v1/models";

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
            new ResponsesClient());

    boolean isKnown(String path) {
        return isConversation(path) || path.equals(METRICS) || path.equals(MODELS) || path.startsWith(MODELS + "/");
    }

    boolean isConversation(String path) {
        return conversations.containsKey(path);
    }

    /** The dialect of a request; where the path does not say, Anthropic's clients show by a header. */
    ClientDialect dialect(String path, MultiMap headers) {
        ClientDialect byPath = conversations.get(path);
        if (byPath != null) {
            return byPath;
        }
        return headers.contains("anthropic-version") ? messages : chat;
    }

    /** The model that a path asks for; empty for the list. */
    String modelIn(String path) {
        return path.equals(MODELS) ? "" : URLDecoder.decode(path.substring(MODELS.length() + 1), UTF_8);
    }
}
