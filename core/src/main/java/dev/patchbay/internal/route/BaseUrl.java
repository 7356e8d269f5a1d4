package dev.patchbay.internal.route;

import dev.patchbay.provider.Origin;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A base URL taken apart by the URL rule (provider-files.md, section 2.4; dialects.md, U1, U2, U4). All parts stay in the
 * encoding they came in.
 *
 * @param origin scheme, host and port
 * @param path slashes collapsed, no slash at the end, without a pasted operation; empty for none
 * @param query without its question mark; empty for none
 * @param pasted the operation path that was left off; empty for none
 * @param azure the layout of the path
 */
record BaseUrl(Origin origin, String path, String query, String pasted, AzureLayout azure) {

    /** Longest first, so that the whole of a pasted operation goes. */
    private static final List<String> OPERATION_PATHS =
            List.of("/messages/count_tokens", "/chat/completions", "/messages", "/responses");

    /** @throws IllegalArgumentException if the URL is not {@code http} or {@code https} or has no host */
    static BaseUrl of(URI url) {
        Origin origin = origin(url);
        String written = collapse(orEmpty(url.getRawPath()));
        String pasted = pastedOperation(written);
        String path = collapse(written.substring(0, written.length() - pasted.length()));
        return new BaseUrl(origin, path, orEmpty(url.getRawQuery()), pasted, AzureLayout.of(origin.host(), path));
    }

    /** @throws IllegalArgumentException if the URL is not {@code http} or {@code https} or has no host */
    static Origin origin(URI url) {
        Origin origin = Origin.of(url)
                .orElseThrow(() -> new IllegalArgumentException(
                        "it has no host, or one that is not a valid name, or does not begin with https:// or http://"));
        if (!origin.scheme().equals("https") && !origin.scheme().equals("http")) {
            throw new IllegalArgumentException("it does not begin with https:// or http://");
        }
        return origin;
    }

    /** Where operations of the OpenAI family are. */
    String openAiRoot() {
        if (azure == AzureLayout.V1 && (path.isEmpty() || path.equals("/openai"))) {
            return "/openai/v1";
        }
        return isBare() ? "/v1" : path;
    }

    /** Where operations of the Anthropic family are. */
    String anthropicRoot() {
        return path.endsWith("/v1") ? path : path + "/v1";
    }

    /** The part before the deployments, where what is not a deployment's business is found. */
    String azureRoot() {
        return path.substring(0, path.lastIndexOf("/openai/deployments")) + "/openai";
    }

    /** What the user should know about how the URL was read. */
    Optional<String> warning() {
        if (pasted.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("the base URL ends in an operation's path, " + pasted
                + ", which is left off: a base URL is everything before the operation, here " + origin + path);
    }

    /** Whether the URL as written has no path: a pasted operation is one, and says where the root is. */
    private boolean isBare() {
        return path.isEmpty() && pasted.isEmpty();
    }

    private static String pastedOperation(String path) {
        for (String operation : OPERATION_PATHS) {
            if (path.endsWith(operation)) {
                return operation;
            }
        }
        return "";
    }

    /** A path without repeated slashes and without one at its end. */
    static String collapse(String path) {
        String collapsed = path;
        while (collapsed.contains("//")) {
            collapsed = collapsed.replace("//", "/");
        }
        return collapsed.endsWith("/") ? collapsed.substring(0, collapsed.length() - 1) : collapsed;
    }

    private static String orEmpty(@Nullable String part) {
        return part == null ? "" : part;
    }
}
