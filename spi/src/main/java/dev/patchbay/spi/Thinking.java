package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Whether and how much the model is to think before it answers. Immutable. */
public final class Thinking {

    /** On, off, or as the model sees fit. More can come with a minor version. */
    public enum Mode {
        ENABLED,
        DISABLED,
        ADAPTIVE
    }

    private final Mode mode;
    private final @Nullable Integer budgetTokens;

    private Thinking(Mode mode, @Nullable Integer budgetTokens) {
        this.mode = requireNonNull(mode, "mode is null");
        this.budgetTokens = budgetTokens;
    }

    /** A mode, without a budget. */
    public static Thinking of(Mode mode) {
        return new Thinking(mode, null);
    }

    /** On, with at most this many tokens. */
    public static Thinking enabled(int budgetTokens) {
        return new Thinking(Mode.ENABLED, budgetTokens);
    }

    /** The same with at most this many tokens. */
    public Thinking withBudget(int tokens) {
        return new Thinking(mode, tokens);
    }

    public Mode mode() {
        return mode;
    }

    /** The most tokens to think, with {@link Mode#ENABLED}. */
    public OptionalInt budgetTokens() {
        return budgetTokens == null ? OptionalInt.empty() : OptionalInt.of(budgetTokens);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Thinking thinking
                && mode == thinking.mode
                && Objects.equals(budgetTokens, thinking.budgetTokens);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, budgetTokens);
    }

    @Override
    public String toString() {
        return "Thinking[mode=" + mode + ", budgetTokens=" + budgetTokens + "]";
    }
}
