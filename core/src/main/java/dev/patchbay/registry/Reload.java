package dev.patchbay.registry;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of provider files that changed while the process runs.
 *
 * @param snapshot what is in effect now
 * @param changes the providers that differ from before, by id; empty if only a problem came or went
 * @param problems everything that is wrong now, sorted by place
 */
public record Reload(RegistrySnapshot snapshot, List<Change> changes, List<Diagnostic> problems) {

    public Reload {
        requireNonNull(snapshot, "snapshot is null");
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }

    /** The changes in one line, such as {@code groq added, team changed}. */
    public String summary() {
        if (changes.isEmpty()) {
            return "no provider changed";
        }
        return changes.stream()
                .map(change -> change.id() + " " + change.kind().word())
                .collect(Collectors.joining(", "));
    }

    /** One provider that is not as it was, or would not be. */
    public record Change(String id, Kind kind) {

        public Change {
            requireNonNull(id, "id is null");
            requireNonNull(kind, "kind is null");
        }
    }

    /** How a provider changed. */
    public enum Kind {
        ADDED("added"),
        CHANGED("changed"),
        REMOVED("removed"),
        /** Its new definition cannot be used; the last good one still is. */
        KEPT("kept as it was");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** For people. */
        public String word() {
            return word;
        }
    }
}
