package dev.patchbay.spi;

/**
 * What a dialect can carry beyond text; see {@link Dialect#capabilities}. More can come with a minor version.
 */
public enum Capability {
    /** Tools, calls of them, several in one answer too, and their results. */
    TOOLS,
    /** Images in what a user says. */
    IMAGES,
    /** Thinking: that it is asked for, what comes of it, and what is handed back of it. */
    THINKING,
    /** A schema that the answer must satisfy ({@link ChatRequest#outputSchema}). */
    STRUCTURED_OUTPUT
}
