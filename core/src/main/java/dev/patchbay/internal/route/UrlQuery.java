package dev.patchbay.internal.route;

import dev.patchbay.provider.Percent;
import dev.patchbay.provider.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Members of a URL's query, still encoded, in order. Immutable; what it prints may hold a secret, so it prints nothing. */
public final class UrlQuery {

    private static final UrlQuery NONE = new UrlQuery(List.of());

    private final List<String> members;

    private UrlQuery(List<String> members) {
        this.members = List.copyOf(members);
    }

    /** The query of a URL. */
    public static UrlQuery of(URI url) {
        return parse(url.getRawQuery() == null ? "" : url.getRawQuery());
    }

    /** Of a query without its question mark. */
    static UrlQuery parse(String encoded) {
        if (encoded.isEmpty()) {
            return NONE;
        }
        return new UrlQuery(Arrays.stream(encoded.split("&"))
                .filter(member -> !member.isEmpty())
                .toList());
    }

    /** Whether there is a member of that name. */
    public boolean has(String name) {
        return members.stream().anyMatch(member -> nameOf(member).equals(name));
    }

    /** Without the members of those names. */
    UrlQuery without(Set<String> names) {
        if (members.isEmpty() || names.isEmpty()) {
            return this;
        }
        List<String> kept = new ArrayList<>(members);
        names.forEach(name -> kept.removeIf(member -> nameOf(member).equals(name)));
        return new UrlQuery(kept);
    }

    /** With one more member, encoded. */
    public UrlQuery and(String name, String value) {
        List<String> more = new ArrayList<>(members);
        more.add(PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value));
        return new UrlQuery(more);
    }

    UrlQuery and(UrlQuery other) {
        if (other.members.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(members);
        more.addAll(other.members);
        return new UrlQuery(more);
    }

    /** With those members that may be printed; the others are added when the request is sent. */
    UrlQuery andPlain(Map<String, Value> values) {
        UrlQuery result = this;
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            if (entry.getValue() instanceof Value.Plain plain && !plain.text().isEmpty()) {
                result = result.and(entry.getKey(), plain.text());
            }
        }
        return result;
    }

    /** With those members that may be printed and are not there yet. */
    UrlQuery andAbsent(Map<String, Value> values) {
        UrlQuery result = this;
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            if (!has(entry.getKey())) {
                result = result.andPlain(Map.of(entry.getKey(), entry.getValue()));
            }
        }
        return result;
    }

    /** The URL with this query in place of its own. */
    public URI in(URI url) {
        String text = url.toString();
        int mark = text.indexOf('?');
        return on(mark < 0 ? text : text.substring(0, mark));
    }

    /** The URL that has no query yet, with this one. */
    URI on(String urlWithoutQuery) {
        try {
            return new URI(members.isEmpty() ? urlWithoutQuery : urlWithoutQuery + "?" + String.join("&", members));
        } catch (URISyntaxException e) {
            // Without the URL, which may hold a key.
            throw new IllegalArgumentException(e.getReason() + " at character " + (e.getIndex() + 1));
        }
    }

    /** As it is meant: one and the same name can be encoded in more than one way. */
    private static String nameOf(String member) {
        int equals = member.indexOf('=');
        return Percent.decode((equals < 0 ? member : member.substring(0, equals)).replace('+', ' '));
    }
}
