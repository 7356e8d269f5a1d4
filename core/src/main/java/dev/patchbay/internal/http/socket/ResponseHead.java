package dev.patchbay.internal.http.socket;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands before the body of an answer (RFC 9112).
 *
 * @param persistent whether the connection may serve another request afterwards
 */
public record ResponseHead(int status, HttpHeaders headers, boolean persistent) {

    private static final int SWITCHING_PROTOCOLS = 101;

    /** Until the head of the answer proper; others than 101, which nobody asked for, are passed over. */
    static ResponseHead read(ConnectionInput in) throws IOException {
        int left = OverlongHeadException.MOST_BYTES;
        boolean announced = false;
        while (true) {
            String line = announced ? line(in, left, true) : in.line(left);
            left -= line.length() + 2;
            int status = status(line);
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            left = readHeaders(in, headers, left, announced);
            if (status == SWITCHING_PROTOCOLS) {
                throw new ProtocolException("the answer is of another protocol");
            }
            if (status >= 200) {
                HttpHeaders all = HttpHeaders.of(headers, (name, value) -> true);
                return new ResponseHead(status, all, isPersistent(line, all));
            }
            announced = true;
        }
    }

    private static String line(ConnectionInput in, int left, boolean announced) throws IOException {
        if (left <= 0) {
            throw new OverlongHeadException(announced);
        }
        return in.line(left, () -> new OverlongHeadException(announced));
    }

    /** Passes over what stands behind the last chunk. */
    static void skipTrailers(ConnectionInput in) throws IOException {
        readHeaders(in, new TreeMap<>(String.CASE_INSENSITIVE_ORDER), OverlongHeadException.MOST_BYTES, false);
    }

    private static int status(String line) throws ProtocolException {
        boolean known = line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ");
        if (!known || line.length() < 12 || (line.length() > 12 && line.charAt(12) != ' ')) {
            throw new ProtocolException("the answer does not begin as one of HTTP/1.1 does");
        }
        int status = 0;
        for (int i = 9; i < 12; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new ProtocolException("the answer has no status");
            }
            status = 10 * status + digit;
        }
        if (status < 100) {
            throw new ProtocolException("the answer has a status below 100");
        }
        return status;
    }

    /** @return how many bytes may still come */
    private static int readHeaders(ConnectionInput in, Map<String, List<String>> headers, int most, boolean announced)
            throws IOException {
        int left = most;
        List<String> last = List.of();
        while (true) {
            String line = line(in, left, announced);
            if (line.isEmpty()) {
                return left;
            }
            left -= line.length() + 2;
            boolean continued = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            if (continued && !last.isEmpty()) {
                last.set(last.size() - 1, last.get(last.size() - 1) + " " + line.strip());
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || continued) {
                throw new ProtocolException("a header of the answer has no name");
            }
            last = headers.computeIfAbsent(line.substring(0, colon).stripTrailing(), name -> new ArrayList<>(1));
            last.add(line.substring(colon + 1).strip());
        }
    }

    private static boolean isPersistent(String line, HttpHeaders headers) {
        boolean keeps = line.startsWith("HTTP/1.1");
        for (String option : list(headers, "connection")) {
            keeps = option.equals("keep-alive") || (keeps && !option.equals("close"));
        }
        return keeps;
    }

    /** The members of a header that is a list, in lower case. */
    static List<String> list(HttpHeaders headers, String name) {
        List<String> members = new ArrayList<>();
        for (String value : headers.allValues(name)) {
            for (String member : value.split(",", -1)) {
                if (!member.isBlank()) {
                    members.add(member.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return members;
    }
}
