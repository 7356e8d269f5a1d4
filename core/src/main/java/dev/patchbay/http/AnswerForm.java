package dev.patchbay.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** What the body of a successful answer is. */
enum AnswerForm {
    EVENTS,
    JSON,
    PAGE;

    /** How a line of an event stream begins: a comment, or {@code data event id retry}. */
    private static final String EVENT_STARTS = ":deir";

    /**
     * By the first character, and by the media type where that says nothing: servers name the wrong type for streams,
     * whole bodies and errors alike.
     *
     * @param body supports mark; nothing of it is used up
     */
    static AnswerForm of(String contentType, InputStream body) throws IOException {
        body.mark(1);
        int first = body.read();
        body.reset();
        return switch (first) {
            case '{', '[' -> JSON;
            case '<' -> PAGE;
            default -> byType(contentType.toLowerCase(Locale.ROOT), first);
        };
    }

    private static AnswerForm byType(String type, int first) {
        if (type.startsWith("text/html")) {
            return PAGE;
        }
        return type.contains("json") && EVENT_STARTS.indexOf(first) < 0 ? JSON : EVENTS;
    }
}
