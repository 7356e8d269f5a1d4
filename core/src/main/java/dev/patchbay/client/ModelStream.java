package dev.patchbay.client;

import dev.patchbay.spi.ChatStream;

/** An answer as it comes, and what is known of it so far. Its state is read by the thread that calls {@code next}. */
public interface ModelStream extends ChatStream {

    /** The id of the provider that is asked: after a failure before the answer began that of a fallback. */
    String provider();

    /** The model as it goes on the wire there. */
    String modelId();

    /** What has come; whole once {@code next} has given empty, and after a failure the part before it. */
    ModelResponse response();
}
