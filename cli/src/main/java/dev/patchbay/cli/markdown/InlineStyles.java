package dev.patchbay.cli.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Styles for what is emphasised, code or a link in a piece of a line; the text itself stays as it is. */
final class InlineStyles {

    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";
    private static final String ITALIC = "\u001b[3m";
    private static final String UNDERLINED = "\u001b[4m";
    private static final String CODE = "\u001b[36m";

    /** Before the piece, so that it is running text and never a list or a heading. */
    private static final String LEAD = "x ";

    private static final String MARKS = "*_`[]";

    /** Made when the first mark comes: it takes a while to load. */
    private @Nullable Parser parser;

    static String bold(String text) {
        return BOLD + text + RESET;
    }

    static String faint(String text) {
        return FAINT + text + RESET;
    }

    /** The text with its styles. */
    String styled(String text) {
        if (hasNoMark(text)) {
            return text;
        }
        String[] styles = new String[text.length()];
        for (Span span : spans(text)) {
            for (int i = Math.max(0, span.start); i < Math.min(span.end, styles.length); i++) {
                styles[i] = styles[i] == null ? span.style : styles[i] + span.style;
            }
        }
        return written(text, styles);
    }

    /** Whether every mark in a text has found its end, or needs none. */
    boolean isSettled(String text) {
        if (hasNoMark(text)) {
            return true;
        }
        boolean[] open = {false};
        parsed(text).accept(new AbstractVisitor() {
            @Override
            public void visit(Text node) {
                open[0] |= !hasNoMark(node.getLiteral());
            }
        });
        return !open[0];
    }

    private Node parsed(String text) {
        if (parser == null) {
            parser = Parser.builder()
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                    .build();
        }
        return parser.parse(LEAD + text);
    }

    private static boolean hasNoMark(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (MARKS.indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        parsed(text).accept(new AbstractVisitor() {
            @Override
            public void visit(StrongEmphasis node) {
                add(node, BOLD);
                visitChildren(node);
            }

            @Override
            public void visit(Emphasis node) {
                add(node, ITALIC);
                visitChildren(node);
            }

            @Override
            public void visit(Code node) {
                add(node, CODE);
            }

            @Override
            public void visit(Link node) {
                add(node, UNDERLINED);
                visitChildren(node);
            }

            private void add(Node node, String style) {
                for (SourceSpan span : node.getSourceSpans()) {
                    int start = span.getColumnIndex() - LEAD.length();
                    spans.add(new Span(start, start + span.getLength(), style));
                }
            }
        });
        return spans;
    }

    @SuppressWarnings("NullAway") // null: no style
    private static String written(String text, String[] styles) {
        StringBuilder out = new StringBuilder(text.length() + 32);
        String now = "";
        for (int i = 0; i < styles.length; i++) {
            String next = styles[i] == null ? "" : styles[i];
            if (!next.equals(now)) {
                out.append(now.isEmpty() ? "" : RESET).append(next);
                now = next;
            }
            out.append(text.charAt(i));
        }
        return out.append(now.isEmpty() ? "" : RESET).toString();
    }

    /** A piece of the text, from one index to before another, and its style. */
    private record Span(int start, int end, String style) {}
}
