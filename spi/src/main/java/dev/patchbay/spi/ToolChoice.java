package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which tool the model may or must call. Immutable. */
public final class ToolChoice {

    /** How free the model is. More can come with a minor version. */
    public enum Mode {
        /** It decides. */
        AUTO,
        /** It must call one. */
        ANY,
        /** It must call the named one. */
        TOOL,
        /** It must not call any. */
        NONE
    }

    private final Mode mode;
    private final @Nullable String name;
    private final boolean parallelDisabled;

    private ToolChoice(Mode mode, @Nullable String name, boolean parallelDisabled) {
        this.mode = requireNonNull(mode, "mode is null");
        this.name = name;
        this.parallelDisabled = parallelDisabled;
    }

    /** Any mode but {@link Mode#TOOL}, which wants {@link #tool}. */
    public static ToolChoice of(Mode mode) {
        if (mode == Mode.TOOL) {
            throw new IllegalArgumentException("which tool?");
        }
        return new ToolChoice(mode, null, false);
    }

    /** It must call this tool. */
    public static ToolChoice tool(String name) {
        return new ToolChoice(Mode.TOOL, requireNonNull(name, "name is null"), false);
    }

    /** The same, with at most one call an answer, or without this limit. */
    public ToolChoice parallelDisabled(boolean disabled) {
        return new ToolChoice(mode, name, disabled);
    }

    public Mode mode() {
        return mode;
    }

    /** The tool, with {@link Mode#TOOL}. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** At most one call an answer. */
    public boolean parallelDisabled() {
        return parallelDisabled;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ToolChoice choice
                && mode == choice.mode
                && Objects.equals(name, choice.name)
                && parallelDisabled == choice.parallelDisabled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, name, parallelDisabled);
    }

    @Override
    public String toString() {
        return "ToolChoice[mode=" + mode + ", name=" + name + ", parallelDisabled=" + parallelDisabled + "]";
    }
}
