package dev.patchbay.testkit;

import java.io.IOException;

/** A dialect as a provider speaks it. */
interface Wire {

    /** Writes the answer as an event stream. */
    void stream(Turn turn, SseWriter out) throws IOException;

    /** The answer as one JSON text. */
    String whole(Turn turn);

    /** An error as one JSON text. */
    String error(String type, String message);
}
