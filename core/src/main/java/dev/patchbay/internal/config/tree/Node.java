package dev.patchbay.internal.config.tree;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.Layer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value in a file: scalar, list or mapping. Immutable; prints its place, never its content.
 */
public abstract sealed class Node permits ScalarNode, ListNode, MapNode {

    private final Source source;
    private final Span span;
    private final @Nullable Node overrode;

    Node(Source source, Span span, @Nullable Node overrode) {
        this.source = source;
        this.span = span;
        this.overrode = overrode;
    }

    public Source source() {
        return source;
    }

    public Layer layer() {
        return source.layer();
    }

    /** Where it begins and ends. */
    public Span span() {
        return span;
    }

    /** Where it begins. */
    public Location location() {
        return new Location(source.name(), span.line(), span.column());
    }

    /** What a lower definition said here before; {@code extends} keeps it so that it can be explained. */
    public Optional<Node> overrode() {
        return Optional.ofNullable(overrode);
    }

    /** The same value, knowing what it overrides. */
    public abstract Node over(Node lower);

    /** What it is, for messages: {@code a text}, {@code a list}, {@code a mapping}, {@code nothing}. */
    public abstract String kind();

    /** Starts an error at this place. */
    public Diagnostic.Builder error(Code code, String message) {
        return Diagnostic.error(code, location(), message).quoting(source.text(), span.width());
    }

    /** Starts a warning at this place. */
    public Diagnostic.Builder warning(Code code, String message) {
        return Diagnostic.warning(code, location(), message).quoting(source.text(), span.width());
    }

    /** Hides the value in every line that is quoted from its file. */
    public void maskInQuotes() {
        source.text().mask(span.line(), span.column(), span.endLine(), span.endColumn());
    }

    @Override
    public String toString() {
        return kind() + " at " + location();
    }
}
