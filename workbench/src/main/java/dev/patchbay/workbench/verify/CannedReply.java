package dev.patchbay.workbench.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.spi.HttpReply;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An answer that is there in full. */
record CannedReply(int status, Map<String, String> headers, String text) {

    CannedReply {
        Map<String, String> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(headers);
        headers = ignoringCase;
    }

    static CannedReply text(int status, String text) {
        return new CannedReply(status, Map.of("Content-Type", "text/plain"), text);
    }

    static CannedReply page(int status) {
        return new CannedReply(
                status, Map.of("Content-Type", "text/html"), "<html><body><h1>" + status + "</h1></body></html>");
    }

    CannedReply header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new CannedReply(status, more, text);
    }

    HttpReply opened() {
        InputStream body = new ByteArrayInputStream(text.getBytes(UTF_8));
        return new HttpReply() {
            @Override
            public int status() {
                return status;
            }

            @Override
            public Optional<String> header(String name) {
                return Optional.ofNullable(headers.get(name));
            }

            @Override
            public InputStream body() {
                return body;
            }

            @Override
            public void close() {}
        };
    }
}
