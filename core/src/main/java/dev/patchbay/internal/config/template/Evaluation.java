package dev.patchbay.internal.config.template;

import java.util.List;
import java.util.Optional;

/**
 * What became of a template.
 *
 * <p>Its text may hold a secret, so it prints nothing of it.
 *
 * @param text the result; of no use if something is missing
 * @param missing every variable that was needed and is not set
 * @param trimmed variables whose value had white space or a byte order mark around it, which was left out
 */
public record Evaluation(String text, List<Missing> missing, List<String> trimmed) {

    public Evaluation {
        missing = List.copyOf(missing);
        trimmed = List.copyOf(trimmed);
    }

    static Evaluation of(String text) {
        return new Evaluation(text, List.of(), List.of());
    }

    /** Whether everything was there. */
    public boolean isComplete() {
        return missing.isEmpty();
    }

    @Override
    public String toString() {
        return "Evaluation[missing " + missing + "]";
    }

    /** In which way a variable is not set. */
    public enum Lack {
        UNSET("is not set"),
        EMPTY("is empty"),
        BLANK("is blank");

        private final String words;

        Lack(String words) {
            this.words = words;
        }

        /** {@code is not set}, {@code is empty} or {@code is blank}. */
        public String words() {
            return words;
        }
    }

    /**
     * A variable that is not set.
     *
     * @param offset where its {@code $} stands in the value, in UTF-16 units
     * @param message what the file says after {@code :?}
     */
    public record Missing(String name, int offset, Lack lack, Optional<String> message) {}
}
