package dev.patchbay.internal.route;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.config.schema.UrlRules;
import java.net.URI;
import java.net.URISyntaxException;

/** Reads a base URL that was given at launch; it is not quoted, since it may hold a password. */
public final class BaseUrls {

    private BaseUrls() {}

    /**
     * Reads a base URL.
     *
     * @throws ConfigurationException if it is not an {@code http} or {@code https} URL with a host, or holds a user name
     */
    public static URI parse(String text) {
        URI url = syntax(text.strip());
        if (url.getRawUserInfo() != null) {
            throw RouteProblems.badUrl("it holds a user name or password", text);
        }
        if (url.getRawFragment() != null) {
            throw RouteProblems.badUrl("it has a fragment, which is never sent", text);
        }
        UrlRules.Problem problem = UrlRules.problem(url.toString());
        if (problem != null && problem.code() == Code.USER_INFO) {
            throw RouteProblems.badUrl(problem.message(), text);
        }
        try {
            BaseUrl.of(url);
        } catch (IllegalArgumentException e) {
            throw RouteProblems.badUrl(String.valueOf(e.getMessage()), text);
        }
        if (problem != null) {
            throw RouteProblems.badUrl(problem.message(), text);
        }
        return url;
    }

    private static URI syntax(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw RouteProblems.badUrl(e.getReason() + " at character " + (e.getIndex() + 1), text);
        }
    }
}
