package dev.patchbay.cli.providers;

import dev.patchbay.provider.Origin;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * What a URL tells about a provider.
 *
 * @param baseUrl without the path of an operation, its query kept
 * @param pasted the path of the operation that was left off; empty for none
 * @param deployment the one that Azure's layout names in the path; empty for none
 */
record UrlFacts(
        String baseUrl, String pasted, boolean isAnthropic, boolean isAzure, boolean isLocal, String deployment) {

    private static final String DEPLOYMENTS = "/openai/deployments/";

    /** Longest first. */
    private static final List<String> OPERATIONS = List.of(
            "/messages/count_tokens",
            "/chat/completions",
            "/embeddings",
            "/completions",
            "/responses",
            "/messages",
            "/models");

    static UrlFacts of(String text) {
        int mark = text.indexOf('?');
        String query = mark < 0 ? "" : text.substring(mark);
        String whole = withoutSlash(mark < 0 ? text : text.substring(0, mark));
        String pasted = OPERATIONS.stream().filter(whole::endsWith).findFirst().orElse("");
        String base = withoutSlash(whole.substring(0, whole.length() - pasted.length()));
        URI url = URI.create(base);
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        boolean anthropic =
                pasted.startsWith("/messages") || host.endsWith("anthropic.com") || base.contains("/anthropic");
        boolean azure = base.contains("/openai/deployments") || host.endsWith(".openai.azure.com");
        boolean local = Origin.of(url).filter(Origin::isLocal).isPresent();
        return new UrlFacts(base + query, pasted, anthropic, azure, local, deployment(base));
    }

    private static String deployment(String base) {
        int at = base.indexOf(DEPLOYMENTS);
        String rest = at < 0 ? "" : base.substring(at + DEPLOYMENTS.length());
        return rest.indexOf('/') < 0 ? rest : "";
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
