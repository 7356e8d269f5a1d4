package dev.patchbay.internal.config.template;

/**
 * A variable that a template refers to, and what becomes of it.
 *
 * @param name of the variable
 */
public record Reference(String name, State state) {

    static Reference of(TemplatePart.Variable variable, Environment environment) {
        boolean set = environment
                .get(variable.name())
                .filter(value -> !value.isBlank())
                .isPresent();
        if (set) {
            return new Reference(variable.name(), State.SET);
        }
        return new Reference(variable.name(), variable.fallback() == null ? State.MISSING : State.DEFAULTED);
    }

    /** What becomes of a reference. */
    public enum State {
        /** The variable is set and put in. */
        SET("set"),
        /** The variable is not set, and the default behind {@code :-} is put in. */
        DEFAULTED("not set, so its default is taken"),
        /** The variable is not set, and there is no default. */
        MISSING("not set");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For people: {@code set}, {@code not set} or {@code not set, so its default is taken}. */
        public String words() {
            return words;
        }
    }
}
