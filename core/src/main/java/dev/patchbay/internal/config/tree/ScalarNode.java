package dev.patchbay.internal.config.tree;

import org.jspecify.annotations.Nullable;

/** A single value: its text as written, byte for byte, whatever it looks like. */
public final class ScalarNode extends Node {

    private final String text;
    private final boolean plain;

    private ScalarNode(Source source, Span span, String text, boolean plain, @Nullable Node overrode) {
        super(source, span, overrode);
        this.text = text;
        this.plain = plain;
    }

    /**
     * A value at a place.
     *
     * @param plain whether it stands there without quotes and is no block: only then can it be null
     */
    public static ScalarNode of(Source source, Span span, String text, boolean plain) {
        return new ScalarNode(source, span, text, plain, null);
    }

    public String text() {
        return text;
    }

    public boolean isPlain() {
        return plain;
    }

    /** Whether it is {@code null}, {@code ~} or nothing, unquoted. */
    public boolean isNull() {
        return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
    }

    @Override
    public ScalarNode over(Node lower) {
        return new ScalarNode(source(), span(), text, plain, lower);
    }

    @Override
    public String kind() {
        return isNull() ? "nothing" : "a text";
    }
}
