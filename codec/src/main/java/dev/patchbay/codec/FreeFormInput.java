package dev.patchbay.codec;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * The free text that a {@code custom} tool is called with, as it comes in pieces: the arguments of a tool with that text as its
 * one argument (dialects.md, R4). Used by one thread.
 */
public final class FreeFormInput {

    /** The one argument. */
    public static final String MEMBER = "input";

    private static final String START = "{\"" + MEMBER + "\":\"";
    private static final String END = "\"}";

    private boolean begun;

    /** A piece of the text as a piece of the arguments. */
    public String piece(String text) {
        StringBuilder json = new StringBuilder(begun ? "" : START);
        begun = true;
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.toString();
    }

    /** What ends the arguments. */
    public String end() {
        return begun ? END : START + END;
    }
}
