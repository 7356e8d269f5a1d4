package dev.patchbay.cli.command;

/** What the process returns (sessions.md, section 5). */
public final class ExitCode {

    public static final int OK = 0;
    /** The provider failed, or this program did. */
    public static final int FAILED = 1;
    /** The command line is not one. */
    public static final int USAGE = 2;
    /** A provider file, a variable or a launch setting is wrong or missing; nothing was sent. */
    public static final int CONFIGURATION = 3;
    /** Interrupted from the keyboard: 128 and the number of SIGINT. */
    public static final int INTERRUPTED = 130;
    /** Nobody reads the output: 128 and the number of SIGPIPE, as with any other program in a pipe. */
    public static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
