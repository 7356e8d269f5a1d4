package dev.patchbay.internal.config.yaml;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.tree.Source;
import dev.patchbay.internal.config.tree.Span;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Says in our words what the parser stumbled over. Only its {@code getProblem()} and marks are used: its message quotes
 * the line, key and all.
 */
final class SyntaxProblems {

    private final Source source;
    private final String text;

    SyntaxProblems(Source source, String text) {
        this.source = source;
        this.text = text;
    }

    Diagnostic of(MarkedYAMLException exception) {
        String problem = Optional.ofNullable(exception.getProblem()).orElse("");
        Mark mark = Optional.ofNullable(exception.getProblemMark()).orElse(exception.getContextMark());
        if (mark == null) {
            return at(new Span(1, 1, 1, 2), Code.YAML_SYNTAX, "this is not YAML")
                    .build();
        }
        Span place = span(mark);
        if (problem.startsWith("expected ','")) {
            return flow(exception, mark, place);
        }
        if (problem.startsWith("found character")) {
            return badStart(mark, place);
        }
        if (problem.startsWith("found unexpected end of stream")) {
            return openQuote(exception.getContextMark(), place);
        }
        if (problem.startsWith("found unexpected document separator")) {
            return openQuote(exception.getContextMark(), place);
        }
        return known(problem, place).build();
    }

    /** For the one complaint that the parser makes without a mark: its reader stands at the place. */
    Diagnostic brokenKey(Mark mark) {
        return at(span(mark), Code.YAML_SYNTAX, "a key cannot begin here, inside or right behind {…} or […]")
                .help("indent every line of a {…} or […] further than its first, and put nothing behind its end")
                .build();
    }

    /** For digits of an escape that are not there, or say no character. */
    Diagnostic brokenEscape(Mark mark) {
        return at(
                        span(mark),
                        Code.YAML_SYNTAX,
                        "inside double quotes \\x, \\u and \\U say a character in 2, 4 and 8 digits")
                .help("use single quotes, or write the backslash twice")
                .build();
    }

    private Diagnostic.Builder known(String problem, Span place) {
        if (problem.startsWith("mapping values are not allowed")) {
            return at(place, Code.YAML_SYNTAX, "a second `: ` on one line, or a line indented too far")
                    .help("quote a value that holds `: `, or give the line the indentation of its neighbours");
        }
        if (problem.startsWith("expected <block end>")) {
            return at(place, Code.YAML_SYNTAX, "this does not fit the lines above it")
                    .help("lines that belong together begin in the same column; every key ends with `:`");
        }
        if (problem.startsWith("could not find expected ':'")) {
            return at(place, Code.YAML_SYNTAX, "the line before has a key without `:`")
                    .help("write `key: value`, with a space after the colon");
        }
        if (problem.startsWith("found unknown escape character")) {
            Span backslash = new Span(place.line(), place.column() - 1, place.line(), place.column() + 1);
            return at(
                            backslash,
                            Code.YAML_SYNTAX,
                            "inside double quotes a backslash begins an escape, and this is none")
                    .help("use single quotes, or write the backslash twice");
        }
        if (problem.startsWith("expected '<document start>'")) {
            return at(place, Code.SEVERAL_DOCUMENTS, "the document has ended before this")
                    .help("remove the line `...` above");
        }
        return at(place, Code.YAML_SYNTAX, "this is not YAML: " + problem);
    }

    private Diagnostic flow(MarkedYAMLException exception, Mark mark, Span place) {
        if (character(mark, 0) == '{' && character(mark, -1) == '$') {
            Span dollar = new Span(place.line(), place.column() - 1, place.line(), place.column() + 1);
            return at(dollar, Code.UNQUOTED_REFERENCE, "inside braces and brackets YAML reads the { of ${…} itself")
                    .help("write $NAME or quote the value: \"${NAME}\"")
                    .build();
        }
        boolean mapping = exception.getProblem().contains("}");
        String kind = mapping ? "mapping {…}" : "list […]";
        Diagnostic.Builder problem = at(
                        place, Code.YAML_SYNTAX, "the " + kind + " is not closed, or a comma is missing")
                .help("put a comma between entries and " + (mapping ? "}" : "]") + " at the end");
        Mark start = exception.getContextMark();
        return start == null
                ? problem.build()
                : problem.related(location(span(start)), "it begins here").build();
    }

    private Diagnostic badStart(Mark mark, Span place) {
        int character = character(mark, 0);
        if (character == '\t') {
            return at(place, Code.TAB, "a tab indents this line")
                    .help("use spaces")
                    .build();
        }
        String name = character == '%' ? percentName(mark) : null;
        if (name != null) {
            return at(place, Code.FOREIGN_REFERENCE, "%" + name + "% is how another tool refers to a variable")
                    .help("write $" + name)
                    .build();
        }
        return at(place, Code.YAML_SYNTAX, "a value cannot begin with " + Character.toString(character))
                .help("quote the value")
                .build();
    }

    private Diagnostic openQuote(@Nullable Mark start, Span place) {
        return at(start == null ? place : span(start), Code.YAML_SYNTAX, "the quote that begins here is not closed")
                .build();
    }

    private static @Nullable String percentName(Mark mark) {
        StringBuilder name = new StringBuilder();
        for (int offset = 1; ; offset++) {
            int c = character(mark, offset);
            if (c == '%') {
                return name.length() == 0 ? null : name.toString();
            }
            if (c != '_' && !(c < 128 && Character.isLetterOrDigit(c))) {
                return null;
            }
            name.appendCodePoint(c);
        }
    }

    private static int character(Mark mark, int offset) {
        int[] buffer = mark.getBuffer();
        int index = mark.getPointer() + offset;
        return index < 0 || index >= buffer.length ? 0 : buffer[index];
    }

    private Span span(Mark mark) {
        int line = mark.getLine() + 1;
        int column = mark.getColumn() + 1;
        // At the end of the file there is nothing to point at: the last line that has something is meant.
        // A last CR by itself is a column to the parser, not a line end.
        boolean behindLastLine = (column == 1 && line > 1) || text.endsWith("\r");
        if (behindLastLine && mark.getIndex() >= text.codePointCount(0, text.length())) {
            return endOfText();
        }
        return new Span(line, column, line, column + 1);
    }

    private Span endOfText() {
        int end = text.length();
        while (end > 0 && (Character.isWhitespace(text.charAt(end - 1)) || text.charAt(end - 1) == '\u0085')) {
            end--;
        }
        return TextPlace.at(text, end).span();
    }

    private Location location(Span span) {
        return new Location(source.name(), span.line(), span.column());
    }

    private Diagnostic.Builder at(Span span, Code code, String message) {
        return YamlPositions.error(source, span, code, message);
    }
}
