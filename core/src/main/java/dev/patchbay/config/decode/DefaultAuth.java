package dev.patchbay.config.decode;

import dev.patchbay.provider.Auth;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a provider authenticates where no file says so (dialects.md, U2 to U4). */
final class DefaultAuth {

    private static final String[] AZURE_HOSTS = {
        ".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com",
    };

    private DefaultAuth() {}

    static Auth of(String dialect, @Nullable URI baseUrl) {
        if (dialect.equals("anthropic-messages")) {
            return header("x-api-key");
        }
        return baseUrl != null && dialect.equals("openai-chat") && isAzure(baseUrl)
                ? header("api-key")
                : new Auth("bearer", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static boolean isAzure(URI baseUrl) {
        String host = baseUrl.getHost().toLowerCase(Locale.ROOT);
        for (String azure : AZURE_HOSTS) {
            if (host.endsWith(azure)) {
                return true;
            }
        }
        return isDeployments(baseUrl.getPath());
    }

    /** Ends in {@code /openai/deployments} or {@code /openai/deployments/<name>}. */
    private static boolean isDeployments(@Nullable String path) {
        String end = path == null ? "" : path.replaceAll("/{2,}", "/").replaceAll("/$", "");
        int at = end.lastIndexOf("/openai/deployments");
        if (at < 0) {
            return false;
        }
        String rest = end.substring(at + "/openai/deployments".length());
        return rest.isEmpty() || (rest.startsWith("/") && rest.indexOf('/', 1) < 0);
    }

    private static Auth header(String name) {
        return new Auth("header", Optional.empty(), Optional.of(name), Optional.empty());
    }
}
