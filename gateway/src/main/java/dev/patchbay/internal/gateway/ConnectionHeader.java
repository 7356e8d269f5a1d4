package dev.patchbay.internal.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The header of a message that speaks of its connection, in as many words as it likes (RFC 9110, section 7.6.1). */
public final class ConnectionHeader {

    private ConnectionHeader() {}

    /** Says first and alone whether the connection ends: among other words Vert.x does not find it. */
    public static void state(HttpMessage head) {
        HttpHeaders headers = head.headers();
        List<String> said = headers.getAll(HttpHeaderNames.CONNECTION);
        if (said.isEmpty() || (said.size() == 1 && isState(said.get(0)))) {
            return;
        }
        Set<String> words = words(said);
        List<CharSequence> values = new ArrayList<>();
        if (words.contains("close")) {
            values.add(HttpHeaderValues.CLOSE);
        } else if (words.contains("keep-alive")) {
            values.add(HttpHeaderValues.KEEP_ALIVE);
        } else {
            return;
        }
        said.stream().filter(value -> !isState(value)).forEach(values::add);
        headers.set(HttpHeaderNames.CONNECTION, values);
    }

    /** The headers that are meant for who gets the message, and go no further; names in lower case. */
    public static Set<String> named(MultiMap headers) {
        return words(headers.getAll(HttpHeaderNames.CONNECTION));
    }

    private static Set<String> words(List<String> values) {
        Set<String> words = new HashSet<>(4);
        for (String value : values) {
            if (isState(value)) {
                words.add(value.toLowerCase(Locale.ROOT));
                continue;
            }
            for (String word : value.split(",", -1)) {
                words.add(word.strip().toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    private static boolean isState(String value) {
        return HttpHeaderValues.CLOSE.contentEqualsIgnoreCase(value)
                || HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(value);
    }
}
