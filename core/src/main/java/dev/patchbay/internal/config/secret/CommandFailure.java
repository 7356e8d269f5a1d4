package dev.patchbay.internal.config.secret;

/** Why a command gave no secret; says nothing of what it printed. */
final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String words;
    private final String help;

    /** @param words a predicate of the command, such as {@code printed nothing} */
    CommandFailure(String words, String help) {
        super(words, null, false, false);
        this.words = words;
        this.help = help;
    }

    /** The same with what the command itself says, which has been masked. */
    CommandFailure saying(String lines) {
        return lines.isEmpty() ? this : new CommandFailure(words + ", saying: " + lines, help);
    }

    String words() {
        return words;
    }

    String help() {
        return help;
    }
}
