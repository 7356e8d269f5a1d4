package dev.patchbay.internal.config.template;

import java.util.ArrayList;
import java.util.List;

/** Reads a template by recursive descent. */
final class TemplateParser {

    private static final int MAX_NESTING = 4;
    private static final String FORMS = "write $NAME, ${NAME}, ${NAME:-default} or ${NAME:?text}; $$ is a dollar";

    private final String text;
    private int position;

    TemplateParser(String text) {
        this.text = text;
    }

    Template parse() throws TemplateException {
        return template(0);
    }

    /** At depth 0 to the end, deeper to the closing brace, which is left to the caller. */
    private Template template(int depth) throws TemplateException {
        List<TemplatePart> parts = new ArrayList<>(2);
        StringBuilder plain = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '}' && depth > 0) {
                break;
            }
            if (c != '$') {
                plain.append(c);
                position++;
            } else if (next('$')) {
                plain.append('$');
                position += 2;
            } else {
                flush(plain, parts);
                parts.add(reference(depth));
            }
        }
        flush(plain, parts);
        return new Template(List.copyOf(parts));
    }

    private static void flush(StringBuilder plain, List<TemplatePart> parts) {
        if (plain.length() > 0) {
            parts.add(new TemplatePart.Text(plain.toString()));
            plain.setLength(0);
        }
    }

    private TemplatePart.Variable reference(int depth) throws TemplateException {
        int start = position;
        if (next('{')) {
            return braced(start, depth);
        }
        String name = VariableSyntax.at(text, start + 1);
        if (name.isEmpty()) {
            throw error(start, "a $ that begins no reference");
        }
        position = start + 1 + name.length();
        return new TemplatePart.Variable(name, start, null, null);
    }

    private TemplatePart.Variable braced(int start, int depth) throws TemplateException {
        String name = VariableSyntax.at(text, start + 2);
        if (name.isEmpty()) {
            throw error(start, "${ is not followed by the name of a variable");
        }
        position = start + 2 + name.length();
        if (position >= text.length()) {
            throw unclosed(start);
        }
        if (text.charAt(position) == '}') {
            position++;
            return new TemplatePart.Variable(name, start, null, null);
        }
        if (text.startsWith(":-", position)) {
            return withDefault(name, start, depth);
        }
        if (text.startsWith(":?", position)) {
            return withMessage(name, start);
        }
        throw error(start, "after ${" + name + " comes }, :- or :?");
    }

    private TemplatePart.Variable withDefault(String name, int start, int depth) throws TemplateException {
        if (depth >= MAX_NESTING) {
            throw error(start, "defaults nest more than 4 deep");
        }
        position += 2;
        Template fallback = template(depth + 1);
        close(start);
        return new TemplatePart.Variable(name, start, fallback, null);
    }

    private TemplatePart.Variable withMessage(String name, int start) throws TemplateException {
        position += 2;
        StringBuilder message = new StringBuilder();
        while (position < text.length() && text.charAt(position) != '}') {
            if (text.charAt(position) == '$' && !next('$')) {
                throw error(position, "the text after :? holds no references");
            }
            position += text.charAt(position) == '$' ? 1 : 0;
            message.append(text.charAt(position));
            position++;
        }
        close(start);
        return new TemplatePart.Variable(name, start, null, message.toString());
    }

    private void close(int start) throws TemplateException {
        if (position >= text.length()) {
            throw unclosed(start);
        }
        position++;
    }

    private boolean next(char c) {
        return position + 1 < text.length() && text.charAt(position + 1) == c;
    }

    private static TemplateException unclosed(int start) {
        return new TemplateException(
                start, false, "${ is not closed", "write } at the end; quote the value if it holds ` #` or `: `");
    }

    private static TemplateException error(int offset, String problem) {
        return new TemplateException(offset, false, problem, FORMS);
    }
}
