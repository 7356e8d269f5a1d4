package dev.patchbay.internal.http.contract;

/** A way to ask one provider. */
public interface HttpStack extends AutoCloseable {

    /** Asks for a stream, without waiting for it. */
    default Asked ask() {
        return ask("Hi");
    }

    /** The same with a text of the user's, of plain letters. */
    Asked ask(String question);

    @Override
    void close();

    /** A request on its way. */
    interface Asked {

        /** What came of it; waits. */
        Told told();

        /** Does not want the answer any more. */
        void leave();
    }

    /**
     * An answer.
     *
     * @param status of the failure, as a client would get it; 200 where an answer began
     * @param text that came, up to the end or the failure
     * @param failure what is told of it, with what to do; empty if there was none
     */
    record Told(int status, String text, String failure) {}
}
