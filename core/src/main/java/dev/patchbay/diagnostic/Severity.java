package dev.patchbay.diagnostic;

/** How bad a {@link Diagnostic} is. */
public enum Severity {
    /** What it points at cannot be used as it is. */
    ERROR,
    /** It works, but probably not as meant. */
    WARNING;

    /** The word in messages: {@code error} or {@code warning}. */
    public String word() {
        return this == ERROR ? "error" : "warning";
    }
}
