package dev.patchbay.internal.config.template;

import org.jspecify.annotations.Nullable;

/** A piece of a template. */
sealed interface TemplatePart {

    /** Text that stands for itself; {@code $$} is a dollar here already. */
    record Text(String text) implements TemplatePart {}

    /**
     * A reference to a variable.
     *
     * @param offset where its {@code $} stands in the scalar, in UTF-16 units
     * @param fallback what follows {@code :-}; null if there is none
     * @param message what follows {@code :?}; null if there is none
     */
    record Variable(
            String name,
            int offset,
            @Nullable Template fallback,
            @Nullable String message) implements TemplatePart {}
}
