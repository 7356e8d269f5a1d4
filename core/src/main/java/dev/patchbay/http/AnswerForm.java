package dev.patchbay.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** What the body of a successful answer is. */
enum AnswerForm {
    EVENTS,
    JSON,
    PAGE;

    /**
     * By the media type; where that does not say, by the first character.
     *
     * @param body supports mark; read only where the type does not say
     */
    static AnswerForm of(String contentType, InputStream body) throws IOException {
        String type = contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("text/event-stream")) {
            return EVENTS;
        }
        if (type.startsWith("text/html")) {
            return PAGE;
        }
        if (type.contains("json")) {
            return JSON;
        }
        body.mark(1);
        int first = body.read();
        body.reset();
        return switch (first) {
            case '{', '[' -> JSON;
            case '<' -> PAGE;
            default -> EVENTS;
        };
    }
}
