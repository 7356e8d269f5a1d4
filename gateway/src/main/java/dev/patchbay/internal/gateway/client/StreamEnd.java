package dev.patchbay.internal.gateway.client;

/** How far a stream has come to its end. */
public enum StreamEnd {
    OPEN,
    /** It was said why the answer ended; all that may follow is usage, and the mark. */
    FINISHED,
    /** Nothing that may follow has a meaning. */
    COMPLETE,
    /** It ended with an error. */
    FAILED
}
