package dev.patchbay.testkit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an answer travels, apart from what it says. Piece numbers count from 0; what is planned for a number happens before
 * that piece, or at the end of a body that has no more than that many.
 *
 * @param headGate where to wait before the head
 * @param gates where to wait before a piece
 * @param ending how the connection breaks, if it does
 * @param endingAt the piece before which, or for {@link Ending#HALF_PIECE} inside which, it breaks
 * @param fragment the most bytes that are sent at once; 0 for whole pieces
 * @param gzip whether the body is compressed
 * @param closing whether the connection is closed after the answer without notice
 */
record Delivery(
        @Nullable Gate headGate,
        Map<Integer, Gate> gates,
        Ending ending,
        int endingAt,
        int fragment,
        boolean gzip,
        boolean closing) {

    enum Ending {
        REGULAR,
        CLOSE,
        RESET,
        HALF_PIECE
    }

    static Delivery regular() {
        return new Delivery(null, Map.of(), Ending.REGULAR, 0, 0, false, false);
    }

    Delivery holdHead(Gate gate) {
        return new Delivery(gate, gates, ending, endingAt, fragment, gzip, closing);
    }

    Delivery holdAfter(int pieces, Gate gate) {
        Map<Integer, Gate> more = new HashMap<>(gates);
        more.put(pieces, gate);
        return new Delivery(headGate, Map.copyOf(more), ending, endingAt, fragment, gzip, closing);
    }

    Delivery breakAt(int pieces, Ending how) {
        return new Delivery(headGate, gates, how, pieces, fragment, gzip, closing);
    }

    Delivery fragmented(int bytes) {
        return new Delivery(headGate, gates, ending, endingAt, bytes, gzip, closing);
    }

    Delivery gzipped() {
        return new Delivery(headGate, gates, ending, endingAt, fragment, true, closing);
    }

    Delivery closingAfterwards() {
        return new Delivery(headGate, gates, ending, endingAt, fragment, gzip, true);
    }
}
