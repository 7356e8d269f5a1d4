package dev.patchbay.internal.http.socket;

import java.net.ProtocolException;
import java.util.List;

/**
 * How it is told where a body ends (RFC 9112, section 6.3).
 *
 * @param length in bytes; -1 where the body does not say it beforehand
 * @param chunked whether it comes in pieces that each say their length; otherwise, without a length, it ends with the connection
 */
record BodyFraming(long length, boolean chunked) {

    private static final int MOST_DIGITS = 18;

    static BodyFraming of(ResponseHead head) throws ProtocolException {
        if (head.status() == 204 || head.status() == 304) {
            return new BodyFraming(0, false);
        }
        List<String> codings = ResponseHead.list(head.headers(), "transfer-encoding");
        if (codings.equals(List.of("chunked"))) {
            return new BodyFraming(-1, true);
        }
        if (!codings.isEmpty() && !codings.equals(List.of("identity"))) {
            throw new ProtocolException(
                    "the body of the answer is encoded for the transfer in a way that is not known");
        }
        List<String> lengths = ResponseHead.list(head.headers(), "content-length");
        if (lengths.isEmpty()) {
            return new BodyFraming(-1, false);
        }
        String length = lengths.get(0);
        boolean number = length.length() <= MOST_DIGITS && length.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || lengths.stream().anyMatch(other -> !other.equals(length))) {
            throw new ProtocolException("the answer says no one length of its body");
        }
        return new BodyFraming(Long.parseLong(length), false);
    }
}
