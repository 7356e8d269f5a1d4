package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * A client that misbehaves, and what a server of Patchbay has to do then: answer within the limit, or close the connection where
 * nothing can be answered. A contract for whatever listens on a port with the paths of the gateway.
 *
 * @param name what it does
 * @param pieces what it sends, a moment after the other
 * @param statuses of which one has to be the status of each answer; 0 for a connection that is closed without one
 * @param answers how many answers it waits for
 */
public record HostileClient(String name, List<byte[]> pieces, Set<Integer> statuses, int answers) {

    /** Between two pieces. */
    private static final Duration PAUSE = Duration.ofMillis(30);

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})[^\r\n]*\r\n");
    private static final String CHAT = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String PATH = "/v1/chat/completions";
    private static final String END = "Connection: close\r\n\r\n";
    private static final String CHUNKED =
            "POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n" + END;
    private static final String TRAILER = CHUNKED + Integer.toHexString(CHAT.length()) + "\r\n" + CHAT + "\r\n0\r\n";

    /** What a server did. */
    public record Outcome(List<Integer> statuses, boolean closed, String text) {}

    @Override
    public String toString() {
        return name;
    }

    /** All that can be met with one message, whatever the server's limits are; about seventy. */
    public static List<HostileClient> all() {
        List<HostileClient> all = new ArrayList<>();
        all.addAll(hosts());
        all.addAll(targets());
        all.addAll(heads());
        all.addAll(bodies());
        all.addAll(chunks());
        all.addAll(pages());
        all.addAll(turns());
        return all;
    }

    /** Those that stop in the middle; a server has to end each within its limits, which should be short for this. */
    public static List<HostileClient> stalling() {
        String head = "POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
        return List.of(
                one("sends nothing", "", 0),
                one("sends half a request line", "POST /v1/ch", 0, 408),
                one("sends half a head", head, 408),
                one("sends half a header line", head + "X-Long: ab", 408),
                one("sends empty lines only", "\r\n\r\n\r\n", 0, 408),
                one("sends no body", head + "Content-Length: 100\r\n\r\n", 408),
                one("sends half a body", head + "Content-Length: 100\r\n\r\n{\"model\":", 408),
                one("sends half a chunk", CHUNKED + "20\r\n{\"model\":", 408),
                one("sends half a chunk's length", CHUNKED + "2", 408),
                one("sends no last chunk", CHUNKED + "2\r\n{}\r\n", 408),
                one("sends half a trailer", CHUNKED + "2\r\n{}\r\n0\r\nx: y", 408),
                one(
                        "waits for 100 Continue and then sends nothing",
                        head + "Content-Length: 9\r\nExpect: 100-continue\r\n\r\n",
                        408),
                dripping("drips a head", head + "X-Drip: " + "d".repeat(400)),
                dripping("drips a body", head + "Content-Length: 4000\r\n\r\n" + "d".repeat(400)),
                dripping("drips chunks", CHUNKED + "1\r\nd\r\n".repeat(70)));
    }

    private static List<HostileClient> hosts() {
        return List.of(
                host("a%zz.com", 400),
                host("ev%69l.com", 400),
                host("%31%32%37.0.0.1", 400),
                host("a b", 400),
                host("", 400),
                host(":80", 400),
                host("user@127.0.0.1", 400),
                host("127.0.0.1:99999", 400),
                host("127.0.0.1:port", 400),
                host("127.0.0.1:-1", 400),
                host("[::1", 400),
                host("[::1]]", 400),
                host("127.0.0.1/../x", 400),
                host("127.0.0.1\u0000", 400),
                host("\u00e9vil.example", 400),
                host("127.0.0.1, evil.example", 400),
                host("127.0.0.1#evil.example", 400),
                host("127.0.0.1?x", 400),
                host("[::1%25eth0]", 400),
                host("evil.example", 403),
                host("localhost.", 403),
                host("localhost.evil.example", 403),
                one(
                        "names two hosts",
                        "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n" + END,
                        400),
                one("names no host", "GET /v1/models HTTP/1.1\r\n" + END, 400),
                one("names no host in HTTP/1.0", "GET /v1/models HTTP/1.0\r\n\r\n", 200));
    }

    private static List<HostileClient> targets() {
        return List.of(
                target("http://evil.example/v1/models", 403),
                target("http://127.0.0.1@evil.example/v1/models", 400),
                target("http://127.0.0.1\\@evil.example/v1/models", 400),
                target("ftp://evil.example/v1/models", 403),
                target("http:/v1/models", 400, 404),
                target("/v1/models#x", 200, 400, 404),
                target("/v1/models?x=%zz", 200),
                target("/v1%2fmodels", 404),
                target("/v1/./models", 404),
                target("/v1/models;x=y", 404),
                target("/V1/MODELS", 404),
                target("http://ev%69l.com/v1/models", 400),
                target("http://127.0.0.1/v1/models", 200),
                target("http://", 400, 404),
                target("/v1/models/%zz", 400),
                target("/v1/models/%", 400),
                target("/v1/models/%e9", 200, 404),
                target("/v1/models/\u001b]0;x\u0007", 200, 400, 404),
                target("/v1/models/\u0000", 200, 400, 404),
                target("/v1/models//", 200, 404),
                target("//v1/models", 404),
                target("/../v1/models", 404),
                target("/v1/models/" + "a".repeat(20_000), 414),
                target("?", 400, 404),
                target("", 400, 404),
                one("asks for everything", "OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n" + END, 404),
                one(
                        "asks for a tunnel",
                        "CONNECT evil.example:443 HTTP/1.1\r\nHost: 127.0.0.1\r\n" + END,
                        400,
                        404,
                        405));
    }

    @SuppressWarnings("StringConcatToTextBlock") // The ends of lines are what goes onto the wire.
    private static List<HostileClient> heads() {
        return List.of(
                head("X: " + "x".repeat(70_000) + "\r\n", 431),
                head("a:b\r\n".repeat(201), 431),
                head("a:b\r\n".repeat(13_000), 431),
                head("a:b\r\n".repeat(150), 200),
                head("X: a\r\n b\r\n", 400),
                head("X: a\r\n" + "\tb\r\n".repeat(12_000), 400),
                head("no colon\r\n", 400),
                head("X : a\r\n", 400),
                head("X\u0000: a\r\n", 400),
                head("X: a\nY: b\r\n", 400),
                head(": a\r\n", 400),
                head("X: a\rY: b\r\n", 400),
                head("X: a\u0000b\r\n", 400),
                head("X: a\u0001b\r\n", 400),
                head("X(y): a\r\n", 400),
                head("X\u00e9: a\r\n", 400),
                head("X\ty: a\r\n", 400),
                head("Connection: ,,,close,,\r\n", 200),
                head("Connection: host, content-length, x-api-key\r\n", 200),
                head("Connection: " + "a,".repeat(20_000) + "b\r\n", 200),
                head("Connection: Upgrade\r\n", 200),
                head("Connection: Upgrade\r\nUpgrade: tls/1.0\r\n", 200),
                one("folds the first line", "GET /v1/models HTTP/1.1\r\n Host: 127.0.0.1\r\n" + END, 400),
                one("asks with tabs", "GET\t/v1/models\tHTTP/1.1\r\nHost: 127.0.0.1\r\n" + END, 200, 400),
                one("asks with more blanks", "GET  /v1/models  HTTP/1.1\r\nHost: 127.0.0.1\r\n" + END, 200, 400),
                one("asks with a blank in the target", "GET /v1/mo dels HTTP/1.1\r\nHost: 127.0.0.1\r\n" + END, 400),
                one("speaks http/1.1", "GET /v1/models http/1.1\r\nHost: 127.0.0.1\r\n" + END, 400, 501, 505),
                one("speaks HTTP/1.10", "GET /v1/models HTTP/1.10\r\nHost: 127.0.0.1\r\n" + END, 400, 505),
                one("speaks HTTP/01.1", "GET /v1/models HTTP/01.1\r\nHost: 127.0.0.1\r\n" + END, 400, 501, 505),
                one("wants a trace", "TRACE /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: k\r\n" + END, 405),
                one(
                        "puts another method over its own",
                        "GET /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nX-HTTP-Method-Override: POST\r\n" + END,
                        405),
                head("Content-Length: 0\r\nContent-Length: 7\r\n", 400),
                one("speaks binary", "\u0000\u0001\u0002\u00ff".repeat(100) + "\r\n\r\n", 0, 400),
                one(
                        "speaks TLS",
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "\u0007".repeat(300)
                                + "\r\n\r\n",
                        0,
                        400),
                one("speaks HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 0, 400, 404, 501, 505),
                one(
                        "wants HTTP/2",
                        "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n",
                        200),
                one(
                        "wants web sockets",
                        "GET /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                        426),
                one("speaks HTTP/0.9", "GET /v1/models\r\n\r\n", 0, 400),
                one("speaks HTTP/1.7", "GET /v1/models HTTP/1.7\r\nHost: 127.0.0.1\r\n" + END, 400, 501, 505),
                one("shouts in small letters", "get /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n" + END, 405),
                one("has a method of its own", "BREW /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n" + END, 405));
    }

    private static List<HostileClient> bodies() {
        return List.of(
                body("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400),
                body("Content-Length: 3\r\nContent-Length: 2\r\n", "{}", 400),
                body("Content-Length: -1\r\n", "{}", 400),
                body("Content-Length: +2\r\n", "{}", 400),
                body("Content-Length: 0x2\r\n", "{}", 400),
                body("Content-Length: 99999999999999999999\r\n", "{}", 400, 413),
                body("Content-Length: 9223372036854775807\r\n", "{}", 400, 413),
                body("Content-Length: 40000000\r\n", "{}", 413),
                body("Transfer-Encoding: gzip\r\n", "{}", 400),
                body("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n", 400),
                body("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n", 400),
                body("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n", 501),
                body("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n", "0\r\n\r\n", 400, 501),
                body("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400, 501),
                body("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n", 400, 501),
                body("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400, 501),
                body("Transfer-Encoding: identity\r\nContent-Length: 2\r\n", "{}", 400, 501),
                body("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n", 400, 501),
                body("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n", 400, 501),
                body("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n", 400, 501),
                body("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n", 400, 501),
                body("Transfer-Encoding : chunked\r\n", "0\r\n\r\n", 400),
                body("Transfer-Encoding:\r\nContent-Length: 2\r\n", "{}", 400, 501),
                body("Content-Length: 2, 2\r\n", "{}", 400),
                body("Content-Length: 2,3\r\n", "{}", 400),
                body("Content-Length:\r\n", "{}", 400),
                body("Content-Length: 2\u000b\r\n", "{}", 400),
                body("Content-Length: 1 0\r\n", "{}", 400),
                body("Content-Length: \u00b2\r\n", "{}", 400),
                one(
                        "sends chunks with HTTP/1.0",
                        "POST " + PATH + " HTTP/1.0\r\nContent-Type: application/json\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                        400,
                        501),
                body("Content-Length: 2\r\nContent-Encoding: gzip\r\n", "{}", 400),
                body("Content-Length: 2\r\nContent-Encoding: zstd\r\n", "{}", 415),
                body("Content-Length: 2\r\nContent-Encoding: gzip, gzip\r\n", "{}", 415),
                bomb(),
                json(""),
                json("[]"),
                json("null"),
                json("\u00ff\u00fe{}"),
                json("{\"model\":"),
                json("{\"a\":".repeat(100_000)),
                json("[".repeat(1_000_000)),
                json("{\"model\":\"m\",\"messages\":[]} {}"),
                json("{\"model\":\"\\ud800\",\"messages\":[]}"),
                emptyMembers(),
                one("waits for 100 Continue", post("Expect: 100-continue\r\n", CHAT), 200),
                one("expects twice", post("Expect: 100-continue\r\nExpect: 100-continue\r\n", CHAT), 200),
                one("expects two things", post("Expect: 100-continue, miracles\r\n", CHAT), 200, 417),
                one(
                        "expects with HTTP/1.0",
                        post("Expect: 100-continue\r\n", CHAT).replace("HTTP/1.1", "HTTP/1.0"),
                        200),
                one("wants web sockets with a body", post("Connection: Upgrade\r\nUpgrade: websocket\r\n", CHAT), 200),
                one(
                        "wants HTTP/2 with a body",
                        post(
                                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
                                CHAT),
                        200),
                one("expects something else", post("Expect: miracles\r\n", CHAT), 200, 417),
                one(
                        "sends a body with a GET",
                        "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n" + END + "{}",
                        200));
    }

    private static List<HostileClient> chunks() {
        return List.of(
                one("sends trailers", TRAILER + "X-A: b\r\nX-C: d\r\n\r\n", 200),
                one("sends many trailers", TRAILER + "a:b\r\n".repeat(5000) + "\r\n", 400),
                one("folds trailers", TRAILER + "a:b\r\n" + " c\r\n".repeat(5000) + "\r\n", 400),
                one("sends a trailer without a colon", TRAILER + "nonsense\r\n\r\n", 400),
                one("chunks without length", CHUNKED + "\r\n\r\n", 400),
                one("chunks with letters for a length", CHUNKED + "xyz\r\n", 400),
                one("chunks with too large a length", CHUNKED + "ffffffffffff\r\n", 400),
                one("chunks with a length in C", CHUNKED + "0x2\r\n{}\r\n0\r\n\r\n", 400),
                one("chunks with a plus", CHUNKED + "+2\r\n{}\r\n0\r\n\r\n", 400),
                one("chunks with an underscore", CHUNKED + "0_2\r\n{}\r\n0\r\n\r\n", 400),
                one("ends chunks with a line feed alone", CHUNKED + "2\n{}\n0\n\n", 400),
                one("ends a chunk with a return alone", CHUNKED + "2\r{}\r0\r\r\n", 400),
                one("hides a chunk in an extension", CHUNKED + "2;\n{}\r\n0\r\n\r\n", 400),
                one("breaks a line in an extension", CHUNKED + "2;a=\"\r\n{}\r\n0\r\n\r\n", 400),
                one(
                        "names a length in its trailer",
                        TRAILER + "Content-Length: 900\r\nHost: evil.example\r\n\r\n",
                        200),
                one("chunks with a negative length", CHUNKED + "-2\r\n{}\r\n0\r\n\r\n", 400),
                one("sends more than the chunk says", CHUNKED + "2\r\n{}}\r\n0\r\n\r\n", 400),
                one("extends chunks without end", CHUNKED + "2;" + "x".repeat(30_000) + "\r\n", 400),
                one("sends tiny chunks", CHUNKED + tiny() + "0\r\n\r\n", 200),
                one("sends thousands of tiny chunks", CHUNKED + "1\r\n \r\n".repeat(5000) + tiny() + "0\r\n\r\n", 400));
    }

    private static List<HostileClient> pages() {
        return List.of(
                page("Origin: null\r\n", 403),
                page("Origin: https://evil.example\r\n", 403),
                page("Origin: http://203.0.113.9:8080\r\n", 403),
                page("Origin: app://localhost\r\n", 403),
                page("Origin: http://localhost:3000\r\n", 403),
                page("Origin: http://127.0.0.1.evil.example\r\n", 403),
                page("Origin: http://127.0.0.1@evil.example\r\n", 403),
                page("Origin: http://ev%69l.com\r\n", 403),
                page("Origin: \r\n", 403),
                page("Origin: http://127.0.0.1\r\nOrigin: https://evil.example\r\n", 403),
                page("Sec-Fetch-Site: cross-site\r\n", 403),
                page("Sec-Fetch-Site: same-site\r\n", 403),
                page("Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n", 403),
                page("Sec-Fetch-Site: none, cross-site\r\n", 403),
                page("Sec-Fetch-Site: none\r\n", 200),
                page("Sec-Fetch-Site: same-origin\r\nOrigin: http://127.0.0.1\r\n", 200),
                one(
                        "asks whether its page may",
                        "OPTIONS " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://evil.example\r\n"
                                + "Access-Control-Request-Method: POST\r\n" + END,
                        403));
    }

    private static List<HostileClient> turns() {
        String models = "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        String chat =
                "POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + CHAT.length() + "\r\n\r\n" + CHAT;
        return List.of(
                many("asks for more before the answer", (chat + models).repeat(3), 6),
                many("asks a thousand times at once", models.repeat(1000), 1000),
                one("asks again behind a bad request", "GET /v1/models HTTP/1.1\r\nHost: a b\r\n" + END + models, 400),
                one(
                        "sends a body to what takes none, and again",
                        "POST /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 9\r\n\r\n{",
                        405));
    }

    /**
     * Meets a server.
     *
     * @param limit for the answers, or the end of the connection
     */
    public Outcome meet(int port, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        StringBuilder text = new StringBuilder();
        boolean closed = false;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            closed = !send(socket, deadline);
            closed |= read(socket, text, deadline);
        }
        return new Outcome(statuses(text.toString()), closed, text.toString());
    }

    /** What is wrong with an outcome; empty if nothing is. */
    public String verdict(Outcome outcome) {
        List<Integer> seen = outcome.statuses();
        if (seen.isEmpty()) {
            return outcome.closed() && statuses.contains(0)
                    ? ""
                    : (outcome.closed() ? "closed" : "open") + " without an answer";
        }
        if (!statuses.containsAll(seen)) {
            return "answered " + seen.stream().distinct().toList() + ", not one of " + statuses;
        }
        if (seen.size() != answers) {
            return seen.size() + " answers, not " + answers;
        }
        boolean raw = outcome.text().chars().anyMatch(c -> c < ' ' && c != '\r' && c != '\n' && c != '\t');
        return raw ? "the answer has control characters" : "";
    }

    /** False if the server has closed the connection while it was sent to. */
    private boolean send(Socket socket, long deadline) {
        try {
            for (int i = 0; i < pieces.size() && System.nanoTime() < deadline; i++) {
                socket.getOutputStream().write(pieces.get(i));
                if (i + 1 < pieces.size()) {
                    Thread.sleep(PAUSE.toMillis());
                }
            }
            return true;
        } catch (IOException closed) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** True if the server has closed the connection. */
    private boolean read(Socket socket, StringBuilder text, long deadline) {
        byte[] buffer = new byte[8192];
        // What was looked at is not looked at again: a thousand answers come in a thousand pieces.
        Matcher next = STATUS.matcher(text);
        int from = 0;
        int found = 0;
        try {
            InputStream in = socket.getInputStream();
            while (text.isEmpty() || found < answers) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
                int count = in.read(buffer);
                if (count < 0) {
                    return true;
                }
                text.append(new String(buffer, 0, count, ISO_8859_1));
                while (next.find(from)) {
                    from = next.end();
                    found += Integer.parseInt(next.group(1)) < 200 ? 0 : 1;
                }
            }
            return false;
        } catch (SocketTimeoutException late) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static List<Integer> statuses(String text) {
        List<Integer> found = new ArrayList<>();
        Matcher line = STATUS.matcher(text);
        while (line.find()) {
            int status = Integer.parseInt(line.group(1));
            if (status >= 200) {
                found.add(status);
            }
        }
        return found;
    }

    private static HostileClient one(String name, String text, int... statuses) {
        return new HostileClient(
                name,
                List.of(text.getBytes(ISO_8859_1)),
                Arrays.stream(statuses).boxed().collect(Collectors.toUnmodifiableSet()),
                1);
    }

    private static HostileClient many(String name, String text, int answers) {
        return new HostileClient(name, List.of(text.getBytes(ISO_8859_1)), Set.of(200), answers);
    }

    private static HostileClient dripping(String name, String text) {
        List<byte[]> drops = IntStream.range(0, text.length())
                .mapToObj(i -> text.substring(i, i + 1).getBytes(ISO_8859_1))
                .toList();
        return new HostileClient(name, drops, Set.of(408), 1);
    }

    private static HostileClient host(String host, int status) {
        return one(
                "calls the host '" + visible(host) + "'",
                "GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\n" + END,
                status);
    }

    private static HostileClient target(String target, int... statuses) {
        return one(
                "asks for '" + visible(target) + "'",
                "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + END,
                statuses);
    }

    private static HostileClient head(String lines, int status) {
        return one(
                "sends " + visible(lines) + " in its head",
                "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines + END,
                status);
    }

    private static HostileClient body(String lines, String body, int... statuses) {
        return one(
                "says " + visible(lines),
                "POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + lines + END
                        + body,
                statuses);
    }

    private static HostileClient json(String body) {
        return one("sends '" + visible(body) + "' for a request", post("", body), 400);
    }

    private static HostileClient page(String lines, int status) {
        return one(
                "is a page that says " + visible(lines),
                "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines + END,
                status);
    }

    private static String post(String lines, String body) {
        return "POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + lines
                + "Content-Length: " + body.length() + "\r\n" + END + body;
    }

    private static String tiny() {
        StringBuilder chunks = new StringBuilder();
        CHAT.chars().forEach(c -> chunks.append("1\r\n").append((char) c).append("\r\n"));
        return chunks.toString();
    }

    private static HostileClient bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] blank = " ".repeat(1 << 20).getBytes(ISO_8859_1);
            for (int i = 0; i < 64; i++) {
                gzip.write(blank);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return one("packs 64 MiB", post("Content-Encoding: gzip\r\n", packed.toString(ISO_8859_1)), 413);
    }

    private static HostileClient emptyMembers() {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try {
            new GZIPOutputStream(member).close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        String packed = member.toString(ISO_8859_1).repeat(20_000);
        return one("packs nothing, many times", post("Content-Encoding: gzip\r\n", packed), 400);
    }

    private static String visible(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "… (" + text.length() + ")" : text;
        StringBuilder visible = new StringBuilder();
        shown.chars().forEach(c -> visible.append(c < ' ' || c == 127 ? String.format("\\x%02x", c) : (char) c));
        return visible.toString();
    }
}
