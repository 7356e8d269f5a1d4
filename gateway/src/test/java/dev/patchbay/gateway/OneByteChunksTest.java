package dev.patchbay.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in chunks of one byte: four times as much of it takes four times the work, not sixteen times. */
@Tag("slow")
@Timeout(300)
class OneByteChunksTest {

    /** Four times as much is still less than the 64 KiB from which on an event or answer that is relayed is not held any more. */
    private static final int LENGTH = 15_000;

    private static final int TIMES = 4;

    /** Between four, what it should be, and sixteen, where each piece copies or searches all before it. */
    private static final double MOST = 9;

    private static final int ROUNDS = 2;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final GatewayFixture fixture = new GatewayFixture();

    /** What an answer is made of. */
    enum Shape {
        EVENTS,
        ONE_EVENT,
        JSON
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "EVENTS,relayed,false",
        "EVENTS,relayed,true",
        "EVENTS,translated,false",
        "EVENTS,translated,true",
        "ONE_EVENT,relayed,false",
        "ONE_EVENT,relayed,true",
        "ONE_EVENT,translated,false",
        "ONE_EVENT,translated,true",
        "JSON,relayed,false",
        "JSON,relayed,true",
        "JSON,translated,false",
        "JSON,translated,true"
    })
    void takeWorkInProportion(Shape shape, String way, boolean packed) {
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(100)))
                        .build(),
                builder -> builder.provider("chat"));
        byte[] small = chunks(shape, LENGTH, packed);
        byte[] large = chunks(shape, TIMES * LENGTH, packed);
        boolean relayed = way.equals("relayed");
        for (int i = 0; i < ROUNDS; i++) {
            ask(shape, relayed, small, LENGTH);
        }
        Work few = new Work(Long.MAX_VALUE, Long.MAX_VALUE);
        Work many = few;
        for (int i = 0; i < ROUNDS; i++) {
            few = few.orLess(ask(shape, relayed, small, LENGTH));
            many = many.orLess(ask(shape, relayed, large, TIMES * LENGTH));
        }

        assertThat((double) many.bytes / few.bytes)
                .as("bytes allocated: %s, then %s", few, many)
                .isLessThan(MOST);
        assertThat((double) many.nanos / few.nanos)
                .as("CPU time: %s, then %s", few, many)
                .isLessThan(MOST);
    }

    /** What is no answer yet is not searched for the end of one from its begin with each piece. */
    @Test
    void longCommentsTakeNoMoreWorkThanAnAnswer() {
        fixture.start(
                fixture.chatProvider()
                        .http(GatewayFixture.limits(Duration.ofSeconds(100)))
                        .build(),
                builder -> builder.provider("chat"));
        byte[] answer = whole(event("x".repeat(1000)).repeat(4000));
        byte[] comments = whole((": " + "x".repeat(1050) + "\n\n").repeat(4000) + event("x"));
        Work known = new Work(Long.MAX_VALUE, Long.MAX_VALUE);
        Work work = known;
        for (int i = 0; i < 2 * ROUNDS; i++) {
            known = known.orLess(ask(Shape.EVENTS, true, answer, 4_000_000));
            work = work.orLess(ask(Shape.EVENTS, true, comments, 4_000_000));
        }

        // A search makes a text of all that it looks at.
        assertThat((double) work.bytes / known.bytes)
                .as("bytes allocated: %s, then %s", known, work)
                .isLessThan(2);
    }

    private static byte[] whole(String events) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + events
                        + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
                .getBytes(UTF_8);
    }

    private Work ask(Shape shape, boolean relayed, byte[] chunks, int length) {
        fixture.fake.answer(exchange -> exchange.write(chunks));
        boolean stream = shape != Shape.JSON;
        Work before = work();
        HttpResponse<byte[]> answer = relayed
                ? fixture.bytes("/v1/chat/completions", GatewayFixture.chat(stream))
                : fixture.bytes("/v1/messages", GatewayFixture.messages(stream));
        Work after = work();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSizeGreaterThan(length);
        return new Work(after.bytes - before.bytes, after.nanos - before.nanos);
    }

    /** What all threads of gateways have done so far: those of this one come with it, and none goes meanwhile. */
    private static Work work() {
        long bytes = 0;
        long nanos = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("vert.x")) {
                bytes += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getId()));
                nanos += Math.max(0, THREADS.getThreadCpuTime(thread.getId()));
            }
        }
        return new Work(bytes, nanos);
    }

    private static byte[] chunks(Shape shape, int length, boolean packed) {
        byte[] body = body(shape, length).getBytes(UTF_8);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: "
                        + (shape == Shape.JSON ? "application/json" : "text/event-stream") + "\r\n"
                        + (packed ? "Content-Encoding: gzip\r\n" : "") + "\r\n")
                .getBytes(UTF_8));
        for (byte b : packed ? stored(body) : body) {
            answer.writeBytes(new byte[] {'1', '\r', '\n', b, '\r', '\n'});
        }
        answer.writeBytes("0\r\n\r\n".getBytes(UTF_8));
        return answer.toByteArray();
    }

    /** As gzip that is no shorter than what is in it, so that there are as many chunks. */
    private static byte[] stored(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed) {
            {
                def.setLevel(java.util.zip.Deflater.NO_COMPRESSION);
            }
        }) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String body(Shape shape, int length) {
        if (shape == Shape.JSON) {
            return "{\"choices\":[{\"message\":{\"content\":\"" + "x".repeat(length)
                    + "\"},\"finish_reason\":\"stop\"}]}";
        }
        String end = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        return shape == Shape.ONE_EVENT
                ? event("x".repeat(length)) + end
                : event("x".repeat(40)).repeat(length / 40) + end;
    }

    private static String event(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    private record Work(long bytes, long nanos) {

        Work orLess(Work other) {
            return new Work(Math.min(bytes, other.bytes), Math.min(nanos, other.nanos));
        }
    }
}
