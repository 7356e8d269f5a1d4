package dev.patchbay.daemon.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Pieces of addresses. */
final class WebAddress {

    private WebAddress() {}

    /** A text as a segment of a path, or as a value in a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
