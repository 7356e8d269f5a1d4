package dev.patchbay.config.secret;

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

    String words() {
        return words;
    }

    String help() {
        return help;
    }
}
