package dev.patchbay.workbench.probe;

import dev.patchbay.provider.Definition;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to ask a question.
 *
 * @param changes what differs from the provider's file, in the order of its discovery
 */
record QuestionVariant(Definition definition, QuestionForm form, List<SuggestedSetting> changes) {

    QuestionVariant {
        changes = List.copyOf(changes);
    }

    /** With one more change; one of the same place gives way. */
    QuestionVariant with(SuggestedSetting change) {
        List<SuggestedSetting> all = new ArrayList<>(changes);
        all.removeIf(change::samePlaceAs);
        all.add(change);
        return new QuestionVariant(change.edit().apply(definition), form, all);
    }

    QuestionVariant with(QuestionForm other) {
        return new QuestionVariant(definition, other, changes);
    }
}
