package dev.patchbay.daemon.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of the page.
 *
 * @param status of HTTP
 * @param headers beside those that every page has
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record PageReply(int status, String contentType, byte[] body, Map<String, String> headers) {

    static final String HTML = "text/html; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    static PageReply html(int status, String html) {
        return new PageReply(status, HTML, html.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static PageReply text(int status, String text) {
        return new PageReply(status, TEXT, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** To another page; a request that a script made is told so in the way of htmx, since it would follow a redirect itself. */
    static PageReply to(PageCall call, String path) {
        return call.isFragment()
                ? text(200, "").with("hx-redirect", path)
                : text(303, "").with("location", path);
    }

    PageReply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new PageReply(status, contentType, body, more);
    }
}
