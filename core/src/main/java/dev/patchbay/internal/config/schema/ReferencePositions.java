package dev.patchbay.internal.config.schema;

import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.config.tree.Span;

/** Finds the place of a reference inside a value. */
public final class ReferencePositions {

    private ReferencePositions() {}

    /**
     * The place of a stretch of a value, from an offset to its end.
     *
     * <p>It is the value's own place where the offset is 0, or where escapes, folding or line ends make the text differ
     * from what stands in the file.
     */
    public static ScalarNode at(ScalarNode node, int offset) {
        Span span = node.span();
        String text = node.text();
        int length = text.codePointCount(0, text.length());
        int quotes = node.isPlain() ? 0 : 2;
        if (offset <= 0 || span.line() != span.endLine() || span.width() != length + quotes) {
            return node;
        }
        int column = span.column() + text.codePointCount(0, Math.min(offset, text.length())) + quotes / 2;
        Span inside = new Span(span.line(), column, span.endLine(), span.endColumn() - quotes / 2);
        return ScalarNode.of(node.source(), inside, text, node.isPlain());
    }

    /** The place of a reference to a variable, which begins at an offset. */
    public static ScalarNode at(ScalarNode node, int offset, int width) {
        ScalarNode rest = at(node, offset);
        if (rest == node) {
            return node;
        }
        Span span = rest.span();
        int end = Math.min(span.endColumn(), span.column() + width);
        return ScalarNode.of(
                node.source(), new Span(span.line(), span.column(), span.line(), end), node.text(), node.isPlain());
    }
}
