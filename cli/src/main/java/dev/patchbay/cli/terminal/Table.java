package dev.patchbay.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Lines in columns, as wide as their widest cell; the last column runs free. */
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;

    public Table(String... head) {
        widths = new int[head.length];
        row(head);
    }

    /** Adds a line; a cell for every column. */
    public void row(String... cells) {
        if (cells.length != widths.length) {
            throw new IllegalArgumentException("a row has " + widths.length + " cells, not " + cells.length);
        }
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], cells[i].codePointCount(0, cells[i].length()));
        }
        rows.add(List.of(cells));
    }

    /** The lines, without blanks at their ends. */
    public String render() {
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(cell);
                line.append(" ".repeat(widths[i] - cell.codePointCount(0, cell.length())))
                        .append(GAP);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
