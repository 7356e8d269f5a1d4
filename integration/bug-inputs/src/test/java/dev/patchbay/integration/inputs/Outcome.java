package dev.patchbay.integration.inputs;

import dev.patchbay.client.ModelException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chat model made of an answer.
 *
 * @param finish {@code STOP}, {@code TOOL}, {@code LENGTH}, {@code FILTER}, or the framework's own word
 */
record Outcome(
        String text,
        String thinking,
        List<Call> calls,
        String finish,
        @Nullable Throwable error,
        long seconds) {

    record Call(String name, String arguments) {}

    static Outcome failed(Throwable error) {
        return new Outcome("", "", List.of(), "", error, 0);
    }

    Outcome after(long nanos) {
        return new Outcome(text, thinking, calls, finish, error, nanos / 1_000_000_000);
    }

    /** All that the exception and its causes say. */
    String words() {
        StringBuilder words = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            words.append(cause).append('\n');
        }
        return words.toString();
    }

    /** What kind of failure ours says that it is; empty for others. */
    String kind() {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ModelException ours) {
                return ours.failure().kind().name();
            }
        }
        return "";
    }
}
