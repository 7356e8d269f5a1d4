package dev.patchbay.diagnostic;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.InternalApi;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the problems of a run. Not safe for use by several threads.
 *
 * <p>What is said twice of one place with one code is kept once.
 */
@InternalApi
public final class Diagnostics {

    private final List<Diagnostic> all = new ArrayList<>();
    private final Set<Key> seen = new LinkedHashSet<>();

    public void add(Diagnostic diagnostic) {
        requireNonNull(diagnostic, "diagnostic is null");
        if (seen.add(new Key(diagnostic.location(), diagnostic.code(), diagnostic.message()))) {
            all.add(diagnostic);
        }
    }

    public void addAll(Collection<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            add(diagnostic);
        }
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether one of them is an error. */
    public boolean hasErrors() {
        for (Diagnostic diagnostic : all) {
            if (diagnostic.isError()) {
                return true;
            }
        }
        return false;
    }

    /** Sorted by place; where the syntax is wrong, nothing else is said of the same place. */
    public List<Diagnostic> sorted() {
        Set<Location> broken = new HashSet<>();
        for (Diagnostic diagnostic : all) {
            if (diagnostic.code().isSyntax()) {
                broken.add(diagnostic.location());
            }
        }
        List<Diagnostic> sorted = new ArrayList<>(all.size());
        for (Diagnostic diagnostic : all) {
            if (diagnostic.code().isSyntax() || !broken.contains(diagnostic.location())) {
                sorted.add(diagnostic);
            }
        }
        sorted.sort(Diagnostic.ORDER);
        return List.copyOf(sorted);
    }

    private record Key(Location location, Code code, String message) {}
}
