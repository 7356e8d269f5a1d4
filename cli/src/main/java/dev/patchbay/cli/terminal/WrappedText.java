package dev.patchbay.cli.terminal;

import dev.patchbay.diagnostic.Printable;

/** A sentence in lines that fit the terminal; in one line where there is none. */
public final class WrappedText {

    private WrappedText() {}

    /** The lines, each with its line feed. What is in the text from elsewhere is written out. */
    public static String of(String sentence, String indent, Terminal terminal) {
        int columns = terminal.columns();
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder(indent);
        for (String word : Printable.line(sentence).split(" ", -1)) {
            boolean begun = line.length() > indent.length();
            if (begun && DisplayWidth.of(line.toString()) + 1 + DisplayWidth.of(word) > columns) {
                text.append(line).append('\n');
                line.setLength(0);
                line.append(indent.isEmpty() ? "  " : indent).append(word);
            } else {
                line.append(begun ? " " : "").append(word);
            }
        }
        return text.append(line).append('\n').toString();
    }
}
