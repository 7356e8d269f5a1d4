package dev.patchbay.codec;

/** How the pieces of a streamed answer are told apart. */
public enum Framing {
    /** Server-sent events (dialects.md, S1). */
    EVENTS("text/event-stream"),
    /** One JSON value a line (NDJSON). */
    LINES("application/x-ndjson"),
    /** There are no pieces: the answer is one JSON value, however it was asked for. */
    JSON("application/json");

    private final String mediaType;

    Framing(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The media type of such an answer. */
    public String mediaType() {
        return mediaType;
    }
}
