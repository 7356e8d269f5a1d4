package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Status line and headers of an answer, without those that say how the body is framed. */
record FakeResponseHead(int status, @Nullable String contentType, List<Map.Entry<String, String>> headers) {

    /** The bytes of the head with the header lines of the framing. */
    byte[] bytes(String... framing) {
        StringBuilder out = new StringBuilder("HTTP/1.1 ").append(status).append(" Fake\r\n");
        if (contentType != null) {
            line(out, "Content-Type", contentType);
        }
        headers.forEach(header -> line(out, header.getKey(), header.getValue()));
        for (String header : framing) {
            out.append(header).append("\r\n");
        }
        return out.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append("\r\n");
    }
}
