package dev.patchbay.config.schema;

import dev.patchbay.diagnostic.Code;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which URLs can be used. No message quotes one: it may hold a password. */
public final class UrlRules {

    private UrlRules() {}

    /** What is wrong with an absolute http or https URL; null if nothing is. */
    public static @Nullable Problem problem(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return bad("a URL cannot hold the character at " + (e.getIndex() + 1));
        }
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            return bad("a URL begins with https:// or http://");
        }
        if (url.getRawAuthority() != null && url.getRawAuthority().indexOf('@') >= 0) {
            return new Problem(Code.USER_INFO, "a URL holds no user name and no password");
        }
        if (url.getHost() == null || url.getHost().isEmpty()) {
            boolean underscore =
                    url.getRawAuthority() != null && url.getRawAuthority().indexOf('_') >= 0;
            return bad(underscore ? "the name of a host cannot hold an underscore" : "the URL has no host");
        }
        if (url.getPort() > 65_535 || url.getPort() == 0) {
            return bad("a port is a number from 1 to 65535");
        }
        if (holdsKey(url.getRawQuery())) {
            return new Problem(Code.USER_INFO, "a URL holds no key: it is printed in messages");
        }
        return url.getRawFragment() == null ? null : bad("a URL that is called has no # part");
    }

    /** The URL, if nothing is wrong with it. */
    public static Optional<URI> parse(String text) {
        return problem(text) == null ? Optional.of(URI.create(text)) : Optional.empty();
    }

    private static boolean holdsKey(@Nullable String query) {
        if (query == null) {
            return false;
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && HeaderRules.isCredentialParameter(parameter.substring(0, equals))) {
                return true;
            }
        }
        return false;
    }

    private static Problem bad(String message) {
        return new Problem(Code.BAD_URL, message);
    }

    /** What is wrong. */
    public record Problem(Code code, String message) {}
}
