package dev.patchbay.cli;

import dev.patchbay.cli.terminal.Output;
import java.time.Duration;

/** Ends the process where something that runs at its end does not, such as a shutdown hook that a plugin left behind. */
final class BoundedEnd {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** What shells expect of a process that was told to end, where no command came to its own end. */
    private static final int TERMINATED = 143;

    private static volatile int code = TERMINATED;

    private BoundedEnd() {}

    /** From the moment that the process begins to end, however that comes about, its time is limited. */
    static void install(Output err) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> watch(err), "end"));
    }

    /** The exit code of a command that came to its end. */
    static void endingWith(int exitCode) {
        code = exitCode;
    }

    private static void watch(Output err) {
        Thread watchdog = new Thread(() -> halt(err), "end-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private static void halt(Output err) {
        try {
            Thread.sleep(LONGEST.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        try {
            err.println("patchbay: ended without what a plugin runs at the end, which took longer than "
                    + LONGEST.toSeconds() + " s");
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }
}
