package dev.patchbay.spi;

import java.util.OptionalInt;

/**
 * Whether and how much the model is to think before it answers.
 *
 * @param mode on, off, or as the model sees fit
 * @param budgetTokens the most tokens to think, with {@link Mode#ENABLED}
 */
public record Thinking(Mode mode, OptionalInt budgetTokens) {

    /** On, off, or as the model sees fit. */
    public enum Mode {
        ENABLED,
        DISABLED,
        ADAPTIVE
    }
}
