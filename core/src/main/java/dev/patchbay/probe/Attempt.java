package dev.patchbay.probe;

import dev.patchbay.provider.Definition;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to ask a question.
 *
 * @param changes what differs from the provider's file, in the order of its discovery
 */
record Attempt(Definition definition, Form form, List<Change> changes) {

    Attempt {
        changes = List.copyOf(changes);
    }

    /** With one more change; one of the same place gives way. */
    Attempt with(Change change) {
        List<Change> all = new ArrayList<>(changes);
        all.removeIf(change::samePlaceAs);
        all.add(change);
        return new Attempt(change.edit().apply(definition), form, all);
    }

    Attempt with(Form other) {
        return new Attempt(definition, other, changes);
    }
}
