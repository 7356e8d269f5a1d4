package dev.patchbay.internal.http;

import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A URL for people: members of the query may be keys, so only the one that is known to be none shows its value. */
public final class PrintableUrl {

    private static final String HARMLESS = "api-version=";

    private PrintableUrl() {}

    public static String of(URI url) {
        String text = url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
        if (url.getRawQuery() == null) {
            return text;
        }
        return text + "?"
                + Arrays.stream(url.getRawQuery().split("&"))
                        .map(PrintableUrl::masked)
                        .collect(Collectors.joining("&"));
    }

    private static String masked(String member) {
        int equals = member.indexOf('=');
        return member.startsWith(HARMLESS) || equals < 0 ? member : member.substring(0, equals + 1) + "…";
    }
}
