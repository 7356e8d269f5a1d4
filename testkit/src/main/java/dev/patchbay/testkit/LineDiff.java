package dev.patchbay.testkit;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, each with some lines around it. */
final class LineDiff {

    private static final int CONTEXT = 2;

    /** Beyond this many pairs of lines the longest common part is not searched: everything in between has changed. */
    private static final long MOST_PAIRS = 4_000_000;

    private final String[] old;
    private final String[] now;
    private final List<String> lines = new ArrayList<>();

    private LineDiff(String[] old, String[] now) {
        this.old = old;
        this.now = now;
    }

    /** Lines that begin with {@code -}, {@code +} or a space, and {@code …} where equal lines are left out. */
    static String of(String expected, String actual) {
        LineDiff diff = new LineDiff(visible(expected), visible(actual));
        diff.compare();
        return diff.shortened();
    }

    private static String[] visible(String text) {
        String[] lines = text.replace("\r", "\\r").split("\n", -1);
        if (lines[lines.length - 1].isEmpty()) {
            lines[lines.length - 1] = "(end)";
        } else {
            lines[lines.length - 1] += "(end without line break)";
        }
        return lines;
    }

    private void compare() {
        int start = 0;
        while (start < Math.min(old.length, now.length) && old[start].equals(now[start])) {
            lines.add("  " + old[start++]);
        }
        int oldEnd = old.length;
        int nowEnd = now.length;
        while (oldEnd > start && nowEnd > start && old[oldEnd - 1].equals(now[nowEnd - 1])) {
            oldEnd--;
            nowEnd--;
        }
        middle(start, oldEnd, nowEnd);
        for (int i = oldEnd; i < old.length; i++) {
            lines.add("  " + old[i]);
        }
    }

    private void middle(int start, int oldEnd, int nowEnd) {
        int[][] common = common(start, oldEnd, nowEnd);
        int i = start;
        int j = start;
        while (i < oldEnd || j < nowEnd) {
            if (i < oldEnd && j < nowEnd && common.length > 0 && old[i].equals(now[j])) {
                lines.add("  " + old[i++]);
                j++;
            } else if (j == nowEnd || (i < oldEnd && prefersRemoval(common, i - start, j - start))) {
                lines.add("- " + old[i++]);
            } else {
                lines.add("+ " + now[j++]);
            }
        }
    }

    private static boolean prefersRemoval(int[][] common, int i, int j) {
        return common.length == 0 || common[i + 1][j] >= common[i][j + 1];
    }

    /** Length of the longest common part of what follows two lines; empty if that would take too long. */
    private int[][] common(int start, int oldEnd, int nowEnd) {
        int rows = oldEnd - start;
        int columns = nowEnd - start;
        if ((long) rows * columns > MOST_PAIRS) {
            return new int[0][0];
        }
        int[][] lengths = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                lengths[i][j] = old[start + i].equals(now[start + j])
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        return lengths;
    }

    private String shortened() {
        StringBuilder out = new StringBuilder();
        boolean skipping = false;
        for (int i = 0; i < lines.size(); i++) {
            if (isNearChange(i)) {
                out.append(lines.get(i)).append('\n');
                skipping = false;
            } else if (!skipping) {
                out.append("…\n");
                skipping = true;
            }
        }
        return out.toString();
    }

    private boolean isNearChange(int index) {
        int from = Math.max(0, index - CONTEXT);
        int to = Math.min(lines.size(), index + CONTEXT + 1);
        return lines.subList(from, to).stream().anyMatch(line -> !line.startsWith(" "));
    }
}
