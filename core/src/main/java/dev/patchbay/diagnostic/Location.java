package dev.patchbay.diagnostic;

import static java.util.Objects.requireNonNull;

/**
 * A place in a file, or in what stands for one.
 *
 * @param source the file as the user named it, or a name such as {@code built-in:anthropic.yaml} or {@code command line};
 *     what would not show in it is {@linkplain Printable written out}
 * @param line from 1; 0 if the source has no lines
 * @param column from 1, in characters; 0 if the source has no lines
 */
public record Location(String source, int line, int column) implements Comparable<Location> {

    public Location {
        source = Printable.line(requireNonNull(source, "source is null"));
    }

    /** The whole of a source. */
    public static Location of(String source) {
        return new Location(source, 0, 0);
    }

    @Override
    public int compareTo(Location other) {
        int bySource = source.compareTo(other.source);
        if (bySource != 0) {
            return bySource;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code source:line:column}, or only the source where it has no lines. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
