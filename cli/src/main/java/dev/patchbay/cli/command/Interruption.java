package dev.patchbay.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends what a command waits for when the process is told to end, by Ctrl-C for instance, and lets the command say so before the process
 * is gone. The exit code, 130 for Ctrl-C, is the JVM's own.
 */
public final class Interruption {

    private static final long LONGEST_END_SECONDS = 3;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Runnable interrupt) {
        this.hook = new Thread(() -> end(interrupt), "interruption");
    }

    /** From now on, until {@link #commandEnded}. */
    public static Interruption watch(Runnable interrupt) {
        Interruption interruption = new Interruption(interrupt);
        try {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
        } catch (IllegalStateException alreadyEnding) {
            interrupt.run();
        }
        return interruption;
    }

    private void end(Runnable interrupt) {
        interrupt.run();
        try {
            ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is printed: the process may go. */
    public void commandEnded() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs: this process is ending already.
        }
    }
}
