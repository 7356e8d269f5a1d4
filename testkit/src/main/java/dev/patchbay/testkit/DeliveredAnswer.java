package dev.patchbay.testkit;

import static java.util.Objects.requireNonNull;

/**
 * An answer over HTTP whose way to the client can be disturbed. Immutable: every method returns a new answer.
 *
 * <p>A piece is an event of a stream, or the whole body of an answer that is none.
 *
 * @param <A> the answer itself
 */
public abstract class DeliveredAnswer<A extends DeliveredAnswer<A>> implements Answer {

    private final Delivery delivery;

    DeliveredAnswer(Delivery delivery) {
        this.delivery = delivery;
    }

    final Delivery delivery() {
        return delivery;
    }

    abstract A delivered(Delivery how);

    /** One more header of the answer. */
    public abstract A header(String name, String value);

    /** Waits before the first byte. */
    public A holdHead(Gate gate) {
        return delivered(delivery.holdHead(requireNonNull(gate, "gate is null")));
    }

    /** Waits between the head and the body. */
    public A holdBody(Gate gate) {
        return holdAfter(0, gate);
    }

    /** Waits after that many pieces; can be used for several numbers. */
    public A holdAfter(int pieces, Gate gate) {
        return delivered(delivery.hold(Delivery.Place.after(pieces), requireNonNull(gate, "gate is null")));
    }

    /** Waits before each piece that holds a text; not with {@link #gzip}. */
    public A holdBefore(String text, Gate gate) {
        return delivered(delivery.hold(
                Delivery.Place.before(requireNonNull(text, "text is null")), requireNonNull(gate, "gate is null")));
    }

    /** Closes the connection after that many pieces, in the middle of the body. */
    public A cutAfter(int pieces) {
        return delivered(delivery.breakAt(Delivery.Place.after(pieces), Delivery.Ending.CLOSE));
    }

    /** Closes the connection before the first piece that holds a text; not with {@link #gzip}. */
    public A cutBefore(String text) {
        return delivered(
                delivery.breakAt(Delivery.Place.before(requireNonNull(text, "text is null")), Delivery.Ending.CLOSE));
    }

    /** Closes the connection after that many pieces and half of the next. */
    public A cutInside(int pieces) {
        return delivered(delivery.breakAt(Delivery.Place.after(pieces), Delivery.Ending.HALF_PIECE));
    }

    /** Resets the connection after that many pieces. */
    public A resetAfter(int pieces) {
        return delivered(delivery.breakAt(Delivery.Place.after(pieces), Delivery.Ending.RESET));
    }

    /** Sends the body in fragments of at most that many bytes, so that characters and lines are torn apart. */
    public A inFragmentsOf(int bytes) {
        return delivered(delivery.fragmented(bytes));
    }

    /** Compresses the body, whether the client accepts that or not. */
    public A gzip() {
        return delivered(delivery.gzipped());
    }

    /** Closes the connection right after the answer without having said so: it goes stale in the client's pool. */
    public A thenClose() {
        return delivered(delivery.closingAfterwards());
    }
}
