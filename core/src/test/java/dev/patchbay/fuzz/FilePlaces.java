package dev.patchbay.fuzz;

import dev.patchbay.diagnostic.Location;
import java.util.List;

/** The lines of a file, as YAML 1.1 counts them. */
final class FilePlaces {

    private final List<String> lines;

    FilePlaces(String text) {
        String begun = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.lines = List.of(begun.split("\r\n|[\r\n\u0085\u2028\u2029]", -1));
    }

    /** Whether a place is the file as a whole, a character of it, or the end of a line. */
    boolean has(Location place) {
        if (place.line() == 0) {
            return place.column() == 0;
        }
        if (place.line() < 1 || place.line() > lines.size()) {
            return false;
        }
        String line = lines.get(place.line() - 1);
        return place.column() >= 1 && place.column() <= line.codePointCount(0, line.length()) + 1;
    }
}
