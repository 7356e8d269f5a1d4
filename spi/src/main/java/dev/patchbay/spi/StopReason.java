package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Why an answer ended; the names are those of Anthropic Messages. Any other text is kept as it came.
 *
 * @param value the name on the wire
 */
public record StopReason(String value) {

    public static final StopReason END_TURN = new StopReason("end_turn");
    public static final StopReason MAX_TOKENS = new StopReason("max_tokens");
    public static final StopReason STOP_SEQUENCE = new StopReason("stop_sequence");
    public static final StopReason TOOL_USE = new StopReason("tool_use");
    public static final StopReason REFUSAL = new StopReason("refusal");
    public static final StopReason PAUSE_TURN = new StopReason("pause_turn");
    public static final StopReason CONTEXT_WINDOW_EXCEEDED = new StopReason("model_context_window_exceeded");

    public StopReason {
        requireNonNull(value, "value is null");
    }

    // Written out, since what a record is given of its own is made when it is first asked for, in ten milliseconds.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StopReason reason && value.equals(reason.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
