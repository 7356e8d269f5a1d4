package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an answer travels, apart from what it says.
 *
 * @param headGate where to wait before the head
 * @param holds where to wait in the body
 * @param ending how the connection breaks, if it does
 * @param endingAt where it breaks
 * @param fragment the most bytes that are sent at once; 0 for whole pieces
 * @param gzip whether the body is compressed
 * @param closing whether the connection is closed after the answer without notice
 */
record Delivery(
        @Nullable Gate headGate,
        List<Hold> holds,
        Ending ending,
        Place endingAt,
        int fragment,
        boolean gzip,
        boolean closing) {

    enum Ending {
        REGULAR,
        CLOSE,
        RESET,
        HALF_PIECE
    }

    /** Somewhere to wait. */
    record Hold(Place place, Gate gate) {}

    /**
     * A place in a body: before the piece of that number, from 0, or before the first piece that holds a text. A body
     * that ends earlier has it at its end.
     */
    record Place(int number, @Nullable String text) {

        static Place after(int pieces) {
            return new Place(pieces, null);
        }

        static Place before(String text) {
            return new Place(-1, text);
        }

        boolean isBefore(int sent, byte[] next) {
            return text == null ? number == sent : new String(next, UTF_8).contains(text);
        }

        boolean isAtEnd(int sent) {
            return text == null && number >= sent;
        }
    }

    static Delivery regular() {
        return new Delivery(null, List.of(), Ending.REGULAR, Place.after(0), 0, false, false);
    }

    Delivery holdHead(Gate gate) {
        return new Delivery(gate, holds, ending, endingAt, fragment, gzip, closing);
    }

    Delivery hold(Place place, Gate gate) {
        List<Hold> more = new ArrayList<>(holds);
        more.add(new Hold(place, gate));
        return new Delivery(headGate, List.copyOf(more), ending, endingAt, fragment, gzip, closing);
    }

    Delivery breakAt(Place place, Ending how) {
        return new Delivery(headGate, holds, how, place, fragment, gzip, closing);
    }

    Delivery fragmented(int bytes) {
        return new Delivery(headGate, holds, ending, endingAt, bytes, gzip, closing);
    }

    Delivery gzipped() {
        return new Delivery(headGate, holds, ending, endingAt, fragment, true, closing);
    }

    Delivery closingAfterwards() {
        return new Delivery(headGate, holds, ending, endingAt, fragment, gzip, true);
    }
}
