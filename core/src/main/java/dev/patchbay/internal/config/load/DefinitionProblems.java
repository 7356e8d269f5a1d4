package dev.patchbay.internal.config.load;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Tells which problems of a file belong to one of its definitions. */
final class DefinitionProblems {

    private DefinitionProblems() {}

    /** Removes the problems that point into the entry, or mention it as another place, and returns them. */
    static List<Diagnostic> takeFrom(List<Diagnostic> open, MapNode.Entry entry) {
        if (open.isEmpty()) {
            return new ArrayList<>(0);
        }
        List<Diagnostic> own = new ArrayList<>(1);
        for (Iterator<Diagnostic> it = open.iterator(); it.hasNext(); ) {
            Diagnostic problem = it.next();
            if (concerns(problem, entry)) {
                own.add(problem);
                it.remove();
            }
        }
        return own;
    }

    private static boolean concerns(Diagnostic problem, MapNode.Entry entry) {
        if (contains(entry, problem.location())) {
            return true;
        }
        for (Diagnostic.Related related : problem.related()) {
            if (contains(entry, related.location())) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(MapNode.Entry entry, Location place) {
        Span key = entry.key().span();
        Span value = entry.value().span();
        boolean afterStart =
                place.line() > key.line() || (place.line() == key.line() && place.column() >= key.column());
        boolean beforeEnd = place.line() < value.endLine()
                || (place.line() == value.endLine() && place.column() < value.endColumn());
        boolean atKey = place.line() == key.line() && place.column() == key.column();
        return atKey || (afterStart && beforeEnd);
    }
}
