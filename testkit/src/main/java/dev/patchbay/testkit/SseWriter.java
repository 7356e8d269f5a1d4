package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes events of a stream, one piece each, with the habits of a provider. */
final class SseWriter {

    private final Sink sink;
    private final String lineEnd;
    private final String colon;
    private final boolean comments;
    private String mark;

    SseWriter(Sink sink, FakeCompletion completion) {
        this.sink = sink;
        this.lineEnd = completion.has(Quirk.CRLF) ? "\r\n" : "\n";
        this.colon = completion.has(Quirk.NO_SPACE) ? ":" : ": ";
        this.comments = completion.has(Quirk.COMMENTS);
        this.mark = completion.has(Quirk.BOM) ? "\uFEFF" : "";
    }

    /** An event of data alone. */
    void data(Map<String, @Nullable Object> json) throws IOException {
        data(JsonWriter.write(json));
    }

    void data(String text) throws IOException {
        write("data" + colon + text + lineEnd + lineEnd);
    }

    /** An event with a name, which is its {@code type} too. */
    void event(Map<String, @Nullable Object> json) throws IOException {
        write("event" + colon + json.get("type") + lineEnd + "data" + colon + JsonWriter.write(json) + lineEnd
                + lineEnd);
    }

    private void write(String event) throws IOException {
        String comment = comments ? ": still working" + lineEnd + lineEnd : "";
        sink.piece((mark + comment + event).getBytes(UTF_8));
        mark = "";
    }
}
