package dev.patchbay.internal.config.secret;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.spi.ProviderException;

/**
 * Why a command gave no secret; says nothing of what it printed. What it wrote to its standard error, masked, is for whoever set it up:
 * it may name hosts, accounts and files.
 */
public final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String words;
    private final String help;
    private final String said;

    /** @param words a predicate of the command, such as {@code printed nothing} */
    CommandFailure(String words, String help) {
        this(words, help, "");
    }

    private CommandFailure(String words, String help, String said) {
        super(words, null, false, false);
        this.words = words;
        this.help = help;
        this.said = said.isEmpty() ? "" : ", saying: " + said;
    }

    /** The same with what the command itself says, which has been masked. */
    CommandFailure saying(String lines) {
        return new CommandFailure(words, help, lines);
    }

    /** The failure of whoever wanted the secret. */
    ProviderException toException(String command, Location location) {
        return ProviderException.builder(
                        ProviderException.Kind.AUTH,
                        "the command " + command + " " + words + said + " (" + location + ")")
                .help(help)
                .cause(this)
                .build();
    }

    /** A failure for those who did not set the command up: without what it wrote, if that is what failed; else itself. */
    public static ProviderException withoutOutput(ProviderException failure) {
        if (!(failure.getCause() instanceof CommandFailure command)) {
            return failure;
        }
        return ProviderException.builder(
                        failure.kind(), String.valueOf(failure.getMessage()).replace(command.said, ""))
                .help(command.help)
                .build();
    }
}
