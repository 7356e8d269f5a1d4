package dev.patchbay.spi;

import java.util.Optional;

/**
 * Which tool the model may or must call.
 *
 * @param name the tool, with {@link Mode#TOOL}
 * @param parallelDisabled at most one call an answer
 */
public record ToolChoice(Mode mode, Optional<String> name, boolean parallelDisabled) {

    /** How free the model is. */
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
}
