package dev.patchbay.internal.route;

import java.util.List;
import java.util.Locale;

/** How Azure OpenAI arranges its paths (dialects.md, U2). */
enum AzureLayout {
    /** Not Azure. */
    NONE,
    /** The v1 surface: the model in the body names the deployment. */
    V1,
    /** {@code …/openai/deployments}: the model becomes the next path segment. */
    DEPLOYMENTS,
    /** {@code …/openai/deployments/<name>}: one deployment for every model. */
    ONE_DEPLOYMENT;

    /** Used where neither the file nor the base URL names one. */
    static final String DEFAULT_API_VERSION = "2024-10-21";

    private static final List<String> HOST_SUFFIXES =
            List.of(".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com");

    /**
     * The layout that a base URL shows. Deployments are told from the path, on any host, since gateways of companies
     * keep Azure's paths; the v1 surface from the host.
     *
     * @param path of the base URL, without a trailing slash
     */
    static AzureLayout of(String host, String path) {
        if (path.endsWith("/openai/deployments")) {
            return DEPLOYMENTS;
        }
        if (parent(path).endsWith("/openai/deployments")) {
            return ONE_DEPLOYMENT;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return HOST_SUFFIXES.stream().anyMatch(name::endsWith) ? V1 : NONE;
    }

    /** Whether every request needs {@code api-version}. */
    boolean isVersionedByQuery() {
        return this == DEPLOYMENTS || this == ONE_DEPLOYMENT;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
