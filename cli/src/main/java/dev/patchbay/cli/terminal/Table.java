package dev.patchbay.cli.terminal;

import dev.patchbay.diagnostic.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines in columns, as wide as their widest cell; where the terminal is narrower, the widest columns are cut. Into a pipe nothing is cut: there,
 * a cell that is very long widens its own line alone.
 */
public final class Table {

    private static final String GAP = "  ";

    /** No column is cut to less. */
    private static final int LEAST = 8;

    /** No longer cell makes the other lines of a pipe wider. */
    private static final int WIDEST = 80;

    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;

    public Table(String... head) {
        widths = new int[head.length];
        row(head);
    }

    /** Adds a line; a cell for every column. Names from elsewhere are written out where they would not show. */
    public void row(String... cells) {
        if (cells.length != widths.length) {
            throw new IllegalArgumentException("a row has " + widths.length + " cells, not " + cells.length);
        }
        List<String> row = new ArrayList<>(cells.length);
        for (int i = 0; i < cells.length; i++) {
            String cell = Printable.line(cells[i]);
            widths[i] = Math.max(widths[i], DisplayWidth.of(cell));
            row.add(cell);
        }
        rows.add(row);
    }

    /** The lines, without blanks at their ends. */
    public String render() {
        return render(Integer.MAX_VALUE);
    }

    /** The lines for a terminal of so many columns. A cell that is cut ends in {@code …}; into a pipe nothing is cut. */
    public String render(int columns) {
        return String.join("", lines(columns));
    }

    /** The lines one by one, the head first, each with its line feed. */
    public List<String> lines(int columns) {
        boolean isWhole = columns == Integer.MAX_VALUE;
        int[] fitting = isWhole ? common() : fitting(columns);
        List<String> lines = new ArrayList<>(rows.size());
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < fitting.length; i++) {
                String cell = isWhole ? row.get(i) : DisplayWidth.cut(row.get(i), fitting[i]);
                line.append(cell)
                        .append(" ".repeat(Math.max(0, fitting[i] - DisplayWidth.of(cell))))
                        .append(GAP);
            }
            lines.add(line.toString().stripTrailing() + "\n");
        }
        return lines;
    }

    /** The widths without what is too long for a column. */
    private int[] common() {
        int[] common = widths.clone();
        for (int i = 0; i < common.length; i++) {
            if (common[i] > WIDEST) {
                int column = i;
                common[i] = rows.stream()
                        .mapToInt(row -> DisplayWidth.of(row.get(column)))
                        .filter(width -> width <= WIDEST)
                        .max()
                        .orElse(0);
            }
        }
        return common;
    }

    private int[] fitting(int columns) {
        int[] fitting = widths.clone();
        long total = (long) GAP.length() * (fitting.length - 1);
        for (int width : fitting) {
            total += width;
        }
        while (total > columns) {
            int widest = 0;
            for (int i = 1; i < fitting.length; i++) {
                widest = fitting[i] >= fitting[widest] ? i : widest;
            }
            if (fitting[widest] <= LEAST) {
                break;
            }
            fitting[widest]--;
            total--;
        }
        return fitting;
    }
}
