package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Answers of an upstream that is broken, misconfigured or means harm. Whoever asks for a stream of a chat endpoint has to come to
 * an end with each of them, and to be as good as before with the next request.
 */
public enum HostileAnswer {
    GZIP_THAT_IS_NONE(Outcome.FAILS, packed("gzip", "application/json", Bodies.JSON)),
    GZIP_EVENTS_THAT_ARE_NONE(Outcome.FAILS, packed("gzip", "text/event-stream", Bodies.EVENTS)),
    DEFLATE_THAT_IS_NONE(Outcome.FAILS, packed("deflate", "application/json", Bodies.JSON)),
    BROTLI_UNASKED(Outcome.FAILS, packed("br", "application/json", Bodies.JSON)),
    ZSTD_UNASKED(Outcome.FAILS, packed("zstd", "text/event-stream", Bodies.EVENTS)),
    CODING_WITHOUT_SENSE(Outcome.FAILS, packed("\u0001 no, such: coding", "application/json", Bodies.JSON)),
    PACKED_TWICE(Outcome.FAILS, packed("gzip, gzip", "application/json", gzip(gzip(Bodies.JSON)))),
    PACKED_TWICE_IN_TWO_LINES(
            Outcome.FAILS, packed("gzip", "application/json", gzip(gzip(Bodies.JSON)), "Content-Encoding: gzip\r\n")),
    PACKED_FOR_THE_TRANSFER(Outcome.FAILS, exchange -> Bodies.forTheTransfer(exchange, "gzip, chunked")),
    TRANSFER_CODING_WITHOUT_SENSE(
            Outcome.FAILS,
            raw(Bodies.JSON_ANSWER.replace("Content-Length", "Transfer-Encoding: xchunked\r\nContent-Length"))),
    RAW_DEFLATE(Outcome.WHOLE, packed("deflate", "application/json", Bodies.rawDeflate(Bodies.JSON))),
    GZIP_CUT(Outcome.FAILS, packed("gzip", "application/json", half(gzip(Bodies.JSON)))),
    GZIP_EVENTS_CUT(Outcome.FAILS, packed("gzip", "text/event-stream", half(gzip(Bodies.EVENTS)))),
    GZIP_WITH_MORE_BEHIND(
            Outcome.WHOLE, packed("gzip", "text/event-stream", Bodies.and(gzip(Bodies.EVENTS), Bodies.JSON))),
    GZIP_WITH_ZEROS_BEHIND(
            Outcome.WHOLE, packed("gzip", "application/json", Bodies.and(gzip(Bodies.JSON), new byte[512]))),
    GZIP_IN_TWO_MEMBERS(Outcome.WHOLE, exchange -> Bodies.members(exchange, Bodies.JSON, false)),
    GZIP_EVENTS_IN_TWO_MEMBERS(Outcome.WHOLE, exchange -> Bodies.members(exchange, Bodies.EVENTS, false)),
    GZIP_EVENTS_IN_MEMBERS_CUT(Outcome.FAILS, exchange -> Bodies.members(exchange, Bodies.EVENTS, true)),
    JSON_IN_UTF_16(Outcome.FAILS, Bodies.wide("application/json", Bodies.JSON, StandardCharsets.UTF_16BE)),
    JSON_IN_UTF_16_AS_IT_SAYS(
            Outcome.FAILS, Bodies.wide("application/json; charset=utf-16", Bodies.JSON, StandardCharsets.UTF_16)),
    EVENTS_IN_UTF_16(Outcome.FAILS, Bodies.wide("text/event-stream", Bodies.EVENTS, StandardCharsets.UTF_16LE)),
    JSON_IN_UTF_16_BEHIND_BLANKS(Outcome.FAILS, Bodies.blanks(10_000, Bodies.JSON, StandardCharsets.UTF_16LE)),
    JSON_BEHIND_BLANKS(Outcome.WHOLE, Bodies.blanks(10_000, Bodies.JSON, UTF_8)),
    JSON_IN_EBCDIC(
            Outcome.FAILS, Bodies.wide("application/json;charset=\"IBM037\"", Bodies.JSON, Charset.forName("IBM037"))),
    JSON_IN_LATIN_1(
            Outcome.WHOLE,
            Bodies.wide("application/json;charset=ISO-8859-1", Bodies.JSON, StandardCharsets.ISO_8859_1)),
    GZIP_BOMB_AS_JSON(Outcome.FAILS, exchange -> Bodies.bomb(exchange, "application/json", "{\"a\":\"")),
    GZIP_BOMB_AS_EVENT(Outcome.FAILS, exchange -> Bodies.bomb(exchange, "text/event-stream", "data: ")),
    GZIP_BOMB_AS_ERROR(Outcome.FAILS, exchange -> Bodies.bomb(exchange, 500, "application/json", "{\"a\":\"")),
    ENDLESS_LINE(Outcome.FAILS, exchange -> Bodies.endless(exchange, "text/event-stream", "data: ", "x".repeat(8000))),
    ENDLESS_EVENT(
            Outcome.FAILS,
            exchange -> Bodies.endless(exchange, "text/event-stream", "", "data: " + "x".repeat(1000) + "\n")),
    ENDLESS_COMMENTS(Outcome.FAILS, exchange -> Bodies.endless(exchange, "text/event-stream", "", ": still there\n\n")),
    ENDLESS_EMPTY_EVENTS(Outcome.FAILS, exchange -> Bodies.endless(exchange, "text/event-stream", "", "data:\n\n")),
    ENDLESS_BLANKS(Outcome.FAILS, exchange -> Bodies.endless(exchange, "text/plain", "", " \n".repeat(1000))),
    ENDLESS_JSON(
            Outcome.FAILS, exchange -> Bodies.endless(exchange, "application/json", "{\"a\":[", "1,".repeat(4000))),
    ENDLESS_HEAD(Outcome.FAILS, Bodies::endlessHead),
    ENDLESS_INFORMATION(Outcome.FAILS, Bodies::endlessInformation),
    INTERIM_ANSWERS_FIRST(Outcome.WHOLE, raw(Bodies.INTERIM + Bodies.JSON_ANSWER)),
    ANOTHER_PROTOCOL(
            Outcome.FAILS,
            raw("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
                    + Bodies.JSON_ANSWER)),
    NO_CONTENT_WITH_CONTENT(
            Outcome.FAILS, raw("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}" + Bodies.JSON_ANSWER)),
    GZIP_OF_EMPTY_MEMBERS(Outcome.FAILS, packed("gzip", "application/json", Bodies.emptyMembers())),
    HEADER_OF_A_MEGABYTE(
            Outcome.FAILS,
            raw("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(1 << 20) + "\r\nContent-Length: 2\r\n\r\n{}")),
    STATUS_WITHOUT_NUMBER(Outcome.FAILS, raw("HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\n{}")),
    NO_HTTP(Outcome.FAILS, raw("SSH-2.0-OpenSSH_9.6\r\n")),
    CHUNK_WITHOUT_NUMBER(Outcome.FAILS, raw(Bodies.HEAD + "zz\r\n{}\r\n0\r\n\r\n")),
    CHUNK_OF_EXABYTES(Outcome.FAILS, raw(Bodies.HEAD + "7fffffffffffffff\r\ndata: x")),
    NEGATIVE_LENGTH(Outcome.FAILS, raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}")),
    TWO_LENGTHS(Outcome.FAILS, raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}")),
    LENGTH_TOO_LONG(
            Outcome.FAILS, raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{}")),
    EMPTY_JSON(Outcome.FAILS, Answer.json(200, "")),
    EMPTY_STREAM(Outcome.FAILS, Answer.sse()),
    NO_CONTENT(Outcome.FAILS, Answer.status(204)),
    JSON_NULL(Outcome.FAILS, Answer.json(200, "null")),
    JSON_EMPTY_ARRAY(Outcome.FAILS, Answer.json(200, "[]")),
    JSON_NUMBER_TOO_LARGE(Outcome.FAILS, Answer.json(200, "1e999999999")),
    JSON_TOO_DEEP(Outcome.FAILS, Answer.json(200, "[".repeat(200_000))),
    JSON_CUT(Outcome.FAILS, Answer.json(200, new String(half(Bodies.JSON), UTF_8))),
    EVENT_TOO_DEEP(Outcome.FAILS, Answer.sse("data: " + "{\"a\":".repeat(50_000), "")),
    EVENT_THAT_IS_NO_JSON(Outcome.FAILS, Answer.sse("data: {\"choices\": oops", "")),
    MARK_WITHOUT_AN_ANSWER(Outcome.FAILS, Answer.sse("data: [DONE]", "")),
    ERROR_WITH_STATUS_200(Outcome.FAILS, Answer.json(200, "{\"error\":{\"message\":\"no\",\"code\":\"overloaded\"}}")),
    ERROR_AS_FIRST_EVENT(Outcome.FAILS, Answer.sse("data: {\"error\":{\"message\":\"no\"}}", "")),
    ERROR_WITHOUT_END(
            Outcome.FAILS,
            exchange -> Bodies.endless(exchange, 500, "application/json", "{\"error\":\"", "no ".repeat(1000))),
    STATUS_999(Outcome.FAILS, raw("HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\n{}")),
    HALF_AN_EVENT(Outcome.FAILS, Answer.text("Hel", "lo").cutInside(2)),
    EVENT_OF_17_MIB(Outcome.FAILS, Answer.sse("data: {\"a\":\"" + "x".repeat(17 << 20) + "\"}", "")),
    EVENT_OF_5_MIB(
            Outcome.WHOLE,
            Answer.sse(
                    "data: {\"pad\":\"" + "x".repeat(5 << 20) + "\",\"choices\":[{\"delta\":{\"content\":\"fine\"}}]}",
                    "",
                    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
                    "",
                    "data: [DONE]",
                    "")),
    EVENTS_BYTE_BY_BYTE(Outcome.WHOLE, Answer.text("fine").inFragmentsOf(1)),
    EVENTS_AS_JSON(Outcome.WHOLE, exchange -> Bodies.chunked(exchange, "application/json", Bodies.EVENTS)),
    EVENTS_AS_BYTES(Outcome.WHOLE, exchange -> Bodies.chunked(exchange, "application/octet-stream", Bodies.EVENTS)),
    JSON_AS_EVENTS(Outcome.WHOLE, exchange -> Bodies.chunked(exchange, "text/event-stream", Bodies.JSON)),
    JSON_WITHOUT_TYPE(Outcome.WHOLE, raw("HTTP/1.1 200 OK\r\n\r\n" + new String(Bodies.JSON, UTF_8))),
    SILENCE_BEHIND_THE_REASON(Outcome.WHOLE, Answer.text("fine").holdBefore("[DONE]", Gate.closed())),
    SILENCE_BEHIND_THE_MARK(Outcome.WHOLE, Bodies::heldBehindMark),
    A_SECOND_ANSWER_BEHIND_THE_FIRST(
            Outcome.WHOLE,
            raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + Bodies.JSON.length
                    + "\r\n\r\n"
                    + new String(Bodies.JSON, UTF_8)
                    + "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nnot you"));

    /** What has to come of it. */
    public enum Outcome {
        /** The text {@code fine}, and no failure. */
        WHOLE,
        /** A failure, and never a whole answer. */
        FAILS
    }

    private final Outcome outcome;

    @SuppressWarnings("ImmutableEnumChecker") // None of the answers used here has state.
    private final Answer answer;

    HostileAnswer(Outcome outcome, Answer answer) {
        this.outcome = outcome;
        this.answer = answer;
    }

    public Outcome outcome() {
        return outcome;
    }

    public Answer answer() {
        return answer;
    }

    private static Answer raw(String text) {
        return Answer.raw(text.getBytes(UTF_8));
    }

    private static Answer packed(String coding, String type, byte[] body) {
        return HttpAnswer.of(200).body(type, body).header("Content-Encoding", coding);
    }

    /** @param more lines of the head, each with its end */
    private static Answer packed(String coding, String type, byte[] body, String more) {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Encoding: " + coding + "\r\n" + more
                + "Content-Length: " + body.length + "\r\n\r\n";
        return Answer.raw(Bodies.and(head.getBytes(UTF_8), body));
    }

    private static byte[] gzip(byte[] body) {
        return Bodies.gzip(body);
    }

    private static byte[] half(byte[] body) {
        return Arrays.copyOf(body, body.length / 2);
    }

    /** What they are made of; an enum's own constants cannot see its static fields. */
    private static final class Bodies {

        private static final String HEAD =
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

        private static final byte[] JSON =
                "{\"choices\":[{\"message\":{\"content\":\"fine\"},\"finish_reason\":\"stop\"}]}".getBytes(UTF_8);

        private static final byte[] EVENTS = """
                data: {"choices":[{"delta":{"content":"fine"}}]}

                data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

                data: [DONE]

                """.getBytes(UTF_8);

        private static final String INTERIM =
                "HTTP/1.1 100 Continue\r\n\r\n" + "HTTP/1.1 102 Processing\r\n\r\n".repeat(3)
                        + "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 199 Odd\r\n\r\n";

        private static final String JSON_ANSWER =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + JSON.length + "\r\n\r\n"
                        + new String(JSON, UTF_8);

        /** Unpacked; a thousandth of it goes over the wire. */
        private static final int BOMB_MIB = 64;

        static byte[] gzip(byte[] body) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return packed.toByteArray();
        }

        /** A member of gzip in each chunk, so that nothing says with the first that a second follows. */
        static void members(Exchange exchange, byte[] body, boolean cut) throws IOException {
            head(
                    exchange,
                    200,
                    Arrays.equals(body, EVENTS) ? "text/event-stream" : "application/json",
                    "Content-Encoding: gzip\r\n");
            chunk(exchange, gzip(half(body)));
            byte[] second = gzip(Arrays.copyOfRange(body, body.length / 2, body.length));
            chunk(exchange, cut ? half(second) : second);
            exchange.write("0\r\n\r\n".getBytes(UTF_8));
        }

        static Answer wide(String type, byte[] body, Charset charset) {
            return HttpAnswer.of(200).body(type, new String(body, UTF_8).getBytes(charset));
        }

        static Answer blanks(int count, byte[] body, Charset charset) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(" ".repeat(count).getBytes(UTF_8));
            all.writeBytes(new String(body, UTF_8).getBytes(charset));
            return HttpAnswer.of(200).body("application/json", all.toByteArray());
        }

        static byte[] emptyMembers() {
            ByteArrayOutputStream members = new ByteArrayOutputStream();
            byte[] empty = gzip(new byte[0]);
            for (int i = 0; i < 100_000; i++) {
                members.writeBytes(empty);
            }
            return members.toByteArray();
        }

        static byte[] rawDeflate(byte[] body) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream deflate = new DeflaterOutputStream(packed, new java.util.zip.Deflater(9, true))) {
                deflate.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return packed.toByteArray();
        }

        static byte[] and(byte[] first, byte[] second) {
            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        }

        static void forTheTransfer(Exchange exchange, String codings) throws IOException {
            exchange.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: " + codings + "\r\n\r\n")
                            .getBytes(UTF_8));
            chunk(exchange, gzip(JSON));
            exchange.write("0\r\n\r\n".getBytes(UTF_8));
        }

        static void chunked(Exchange exchange, String type, byte[] body) throws IOException {
            head(exchange, 200, type, "");
            chunk(exchange, body);
            exchange.write("0\r\n\r\n".getBytes(UTF_8));
        }

        static void bomb(Exchange exchange, String type, String begin) throws IOException {
            bomb(exchange, 200, type, begin);
        }

        static void bomb(Exchange exchange, int status, String type, String begin) throws IOException {
            head(exchange, status, type, "Content-Encoding: gzip\r\n");
            OutputStream chunks = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    chunk(exchange, Arrays.copyOfRange(bytes, offset, offset + length));
                }
            };
            byte[] mebibyte = new byte[1 << 20];
            Arrays.fill(mebibyte, (byte) 'x');
            try (OutputStream gzip = new GZIPOutputStream(chunks, 8192)) {
                gzip.write(begin.getBytes(UTF_8));
                for (int i = 0; i < BOMB_MIB; i++) {
                    gzip.write(mebibyte);
                }
            }
            exchange.write("0\r\n\r\n".getBytes(UTF_8));
        }

        static void endless(Exchange exchange, String type, String begin, String more) throws IOException {
            endless(exchange, 200, type, begin, more);
        }

        /** Until the client leaves. */
        static void endless(Exchange exchange, int status, String type, String begin, String more) throws IOException {
            head(exchange, status, type, "");
            if (!begin.isEmpty()) {
                chunk(exchange, begin.getBytes(UTF_8));
            }
            byte[] piece = more.getBytes(UTF_8);
            while (true) {
                chunk(exchange, piece);
            }
        }

        static void endlessHead(Exchange exchange) throws IOException {
            exchange.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            for (long i = 0; ; i++) {
                exchange.write(("X-" + i + ": x\r\n").getBytes(UTF_8));
            }
        }

        static void endlessInformation(Exchange exchange) throws IOException {
            while (true) {
                exchange.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".getBytes(UTF_8));
            }
        }

        static void heldBehindMark(Exchange exchange) throws IOException {
            head(exchange, 200, "text/event-stream", "");
            // Without its blank line.
            chunk(exchange, Arrays.copyOf(EVENTS, EVENTS.length - 1));
            exchange.hold(Gate.closed());
        }

        private static void head(Exchange exchange, int status, String type, String more) throws IOException {
            exchange.write(("HTTP/1.1 " + status + " Fake\r\nContent-Type: " + type + "\r\n" + more
                            + "Transfer-Encoding: chunked\r\n\r\n")
                    .getBytes(UTF_8));
        }

        private static void chunk(Exchange exchange, byte[] bytes) throws IOException {
            byte[] line = (Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8);
            exchange.write(and(and(line, bytes), "\r\n".getBytes(UTF_8)));
        }
    }
}
