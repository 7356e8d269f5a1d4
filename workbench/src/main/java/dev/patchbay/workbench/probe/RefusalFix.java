package dev.patchbay.workbench.probe;

import org.jspecify.annotations.Nullable;

/**
 * What may get a refused question answered.
 *
 * @param kind which failures it is to end
 * @param change a setting of the file; null: none
 * @param form another way to put the question; null: the same
 * @param line for people
 */
record RefusalFix(
        Kind kind,
        @Nullable SuggestedSetting change,
        @Nullable QuestionForm form,
        String line) {

    /** What is wrong where a fix of this kind helps. */
    enum Kind {
        REQUEST,
        KEY,
        ADDRESS
    }

    static RefusalFix of(Kind kind, SuggestedSetting change) {
        return new RefusalFix(kind, change, null, change.line());
    }

    static RefusalFix of(QuestionForm form, String line) {
        return new RefusalFix(Kind.REQUEST, null, form, line);
    }

    QuestionVariant on(QuestionVariant attempt) {
        if (change != null) {
            return attempt.with(change);
        }
        return form == null ? attempt : attempt.with(form);
    }
}
