package dev.patchbay.internal.gateway.plan;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Escapes in JSON of one half of a character ({@code \ud83d}). Agents that cut a text within an emoji send them, and a strict
 * reader refuses every request of that conversation from then on (anthropics/claude-code#44230).
 */
final class HalfCharacters {

    private static final byte[] REPLACEMENT = "\\ufffd".getBytes(US_ASCII);
    private static final int LENGTH = REPLACEMENT.length;

    private HalfCharacters() {}

    /** A JSON text with U+FFFD in the place of each, every byte else where it was; the same array where there is none. */
    static byte[] replaced(byte[] json) {
        byte[] whole = json;
        boolean changed = false;
        for (int i = 0; i < json.length - 1; i++) {
            if (json[i] != '\\') {
                continue;
            }
            char half = unit(json, i);
            if (Character.isHighSurrogate(half) && Character.isLowSurrogate(unit(json, i + LENGTH))) {
                i += 2 * LENGTH - 1;
            } else if (Character.isSurrogate(half)) {
                whole = changed ? whole : json.clone();
                changed = true;
                System.arraycopy(REPLACEMENT, 0, whole, i, LENGTH);
                i += LENGTH - 1;
            } else {
                i++;
            }
        }
        return whole;
    }

    /** What an escape of four digits stands for; 0 where there is none. */
    private static char unit(byte[] json, int at) {
        if (at + LENGTH > json.length || json[at] != '\\' || json[at + 1] != 'u') {
            return 0;
        }
        int unit = 0;
        for (int i = at + 2; i < at + LENGTH; i++) {
            unit = unit * 16 + Math.max(0, Character.digit(json[i], 16));
        }
        return (char) unit;
    }
}
