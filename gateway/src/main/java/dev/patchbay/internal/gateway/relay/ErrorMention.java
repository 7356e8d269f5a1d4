package dev.patchbay.internal.gateway.relay;

import io.vertx.core.buffer.Buffer;

/**
 * Finds out whether events may tell of an error. Every chunk is searched, so not every byte is looked at (Horspool's method).
 */
final class ErrorMention {

    /** A member or a type; where a text says it, its quotes are escaped. */
    private static final byte[] WORD = {'"', 'e', 'r', 'r', 'o', 'r', '"'};

    private ErrorMention() {}

    static boolean isIn(Buffer events) {
        int last = WORD.length - 1;
        for (int at = last; at < events.length(); at += step(events.getByte(at))) {
            if (events.getByte(at) == WORD[last] && isWordAt(events, at - last)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWordAt(Buffer events, int start) {
        for (int i = 0; i < WORD.length; i++) {
            if (events.getByte(start + i) != WORD[i]) {
                return false;
            }
        }
        return true;
    }

    /** How far the word can be moved behind a byte under its last one. */
    private static int step(byte under) {
        return switch (under) {
            case '"' -> 6;
            case 'e' -> 5;
            case 'o' -> 2;
            case 'r' -> 1;
            default -> 7;
        };
    }
}
