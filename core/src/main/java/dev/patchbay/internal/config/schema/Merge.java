package dev.patchbay.internal.config.schema;

/** What happens to a field when one definition extends another (provider-files.md, section 2). */
public enum Merge {
    /** The upper value takes the place of the lower one. */
    REPLACE,
    /** Entries are merged by their keys; {@code null} removes an inherited one. */
    BY_KEY,
    /** The field belongs to its own definition and is not inherited. */
    NOT_INHERITED
}
