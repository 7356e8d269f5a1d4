package dev.patchbay.session;

/** Takes a session's events; no method waits for whoever they are for. */
interface EventReceiver {

    void add(SessionEvent event);

    /** No event follows. */
    void end();

    /** About how many bytes are kept because a receiver is slower than its session; 0 if none are, or the receiver asks itself. */
    long backlog();

    /** Whether a thread is at work for the receiver. */
    boolean isAt(Thread thread);

    /**
     * Waits until the receiver has been told all that there is by now; not for one that asks itself, nor on its own thread.
     *
     * @param patience how long to wait for a receiver that is at one event, in nanoseconds
     * @param deadline when to wait no more, by {@link System#nanoTime}
     */
    void awaitTold(long patience, long deadline) throws InterruptedException;
}
