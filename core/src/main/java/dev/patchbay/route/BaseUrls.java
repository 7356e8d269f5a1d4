package dev.patchbay.route;

import java.net.URI;
import java.net.URISyntaxException;

/** Reads a base URL that was given at launch; nothing of it that may be a password is ever quoted. */
public final class BaseUrls {

    private BaseUrls() {}

    /**
     * Reads a base URL.
     *
     * @throws RouteException if it is not an {@code http} or {@code https} URL with a host, or holds a user name
     */
    public static URI parse(String text) {
        String trimmed = text.strip();
        URI url = syntax(trimmed);
        if (url.getRawUserInfo() != null) {
            throw bad("the base URL holds a user name or password", "give the key as the API key, not in the URL");
        }
        try {
            Origin.of(url);
        } catch (IllegalArgumentException e) {
            throw bad("the base URL cannot be used: " + e.getMessage(), "write it like https://api.example.com/v1");
        }
        return url;
    }

    private static URI syntax(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw bad(
                    "the base URL is not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1),
                    "write it like https://api.example.com/v1");
        }
    }

    private static RouteException bad(String message, String help) {
        return new RouteException(
                RouteException.Reason.BAD_URL, message, help, java.util.List.of(SettingNames.BASE_URL));
    }
}
