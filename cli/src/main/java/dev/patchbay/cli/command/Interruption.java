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
    private final Thread hook = new Thread(this::end, "interruption");
    private Runnable running = () -> {};
    private boolean isTold;

    private Interruption() {}

    /**
     * From now on, until {@link #commandEnded}. Begun before what is to be ended: a signal that comes while that starts ends it as soon as
     * {@link #ends} names it.
     */
    public static Interruption watch() {
        Interruption interruption = new Interruption();
        try {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
        } catch (IllegalStateException alreadyEnding) {
            interruption.tell();
        }
        return interruption;
    }

    /** The same for what has nothing to start. */
    public static Interruption watch(Runnable interrupt) {
        Interruption interruption = watch();
        interruption.ends(interrupt);
        return interruption;
    }

    /** What an interruption ends from now on; at once, if there was one. */
    public void ends(Runnable interrupt) {
        if (isTold(interrupt)) {
            interrupt.run();
        }
    }

    private synchronized boolean isTold(Runnable interrupt) {
        running = interrupt;
        return isTold;
    }

    private synchronized Runnable tell() {
        isTold = true;
        return running;
    }

    private void end() {
        tell().run();
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
