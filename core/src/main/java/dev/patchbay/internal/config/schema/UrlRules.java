package dev.patchbay.internal.config.schema;

import dev.patchbay.diagnostic.Code;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which URLs can be used. No message quotes one: it may hold a password. */
public final class UrlRules {

    /** What begins like the keys of known providers. */
    private static final Pattern KEY_IN_PATH = Pattern.compile(
            "/(?:bot\\d+:)?(?:(?:sk|pk|rk|gsk|csk|xai|hf|r8|ghp|gho|glpat|nvapi"
                    + "|pplx|fw|tgp)[-_][\\w+=-]{8,}|AIza[\\w-]{20,}|[A-Za-z0-9_-]*(?:api[-_]?key|token|secret)[=:][^/]+)");

    /** One of them is in each of these. */
    private static final String MARKS_OF_KEYS = "-_=:A";

    private static final Pattern HOST = Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*://)?[^/?]*");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern NAME_OF_KEY =
            Pattern.compile("(?i)(?:^|_)(?:API)?(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)\\d*(?:_|$)");

    /** {@code TOKEN_HOST} is where tokens are, and none itself. */
    private static final Pattern NAME_OF_ADDRESS = Pattern.compile(
            "(?i)(?:^|_)(?:URL|URI|ENDPOINT|HOST|HOSTNAME|SERVER|ADDRESS|ADDR|DOMAIN|ORIGIN|BASE|PORT)\\d*$");

    private UrlRules() {}

    /**
     * The variable in a URL, as a file writes it, that holds a key by its name: it would be printed, and go over plain HTTP. Before the
     * path it may be named after what is at an address.
     */
    public static Optional<String> keyVariable(String template) {
        if (template.indexOf('$') < 0) {
            return Optional.empty();
        }
        String text = template.replace("$$", "");
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            String name = variable.group(1);
            if (NAME_OF_KEY.matcher(name).find()
                    && (variable.start() >= path(text)
                            || !NAME_OF_ADDRESS.matcher(name).find())) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static int path(String text) {
        Matcher host = HOST.matcher(text);
        return host.find() ? host.end() : 0;
    }

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
        if (holdsKey(url.getRawQuery()) || isKeyInPath(url.getPath())) {
            return new Problem(Code.USER_INFO, "a URL holds no key: it is printed in messages");
        }
        return url.getRawFragment() == null ? null : bad("a URL that is called has no # part");
    }

    /** The URL, if nothing is wrong with it. */
    public static Optional<URI> parse(String text) {
        return problem(text) == null ? Optional.of(URI.create(text)) : Optional.empty();
    }

    /** The URL that a text which is none was most likely meant to be. */
    public static Optional<String> intended(String text) {
        return IntendedValue.url(text);
    }

    /** Most paths have not one of the marks without which none is found. */
    private static boolean isKeyInPath(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (MARKS_OF_KEYS.indexOf(path.charAt(i)) >= 0) {
                return KEY_IN_PATH.matcher(path).find();
            }
        }
        return false;
    }

    private static boolean holdsKey(@Nullable String query) {
        if (query == null) {
            return false;
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && CredentialNames.isParameter(parameter.substring(0, equals))) {
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
