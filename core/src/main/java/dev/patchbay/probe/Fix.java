package dev.patchbay.probe;

import org.jspecify.annotations.Nullable;

/**
 * What may get a refused question answered.
 *
 * @param kind which failures it is to end
 * @param change a setting of the file; null: none
 * @param form another way to put the question; null: the same
 * @param line for people
 */
record Fix(Kind kind, @Nullable Change change, @Nullable Form form, String line) {

    /** What is wrong where a fix of this kind helps. */
    enum Kind {
        REQUEST,
        KEY,
        ADDRESS
    }

    static Fix of(Kind kind, Change change) {
        return new Fix(kind, change, null, change.line());
    }

    static Fix of(Form form, String line) {
        return new Fix(Kind.REQUEST, null, form, line);
    }

    Attempt on(Attempt attempt) {
        if (change != null) {
            return attempt.with(change);
        }
        return form == null ? attempt : attempt.with(form);
    }
}
