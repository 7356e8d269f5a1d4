import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many streams at once. Each chunk says when it left the upstream, so what is late is late on the way. */
record Crowd(
        int port,
        int streams,
        int perSecond,
        int seconds,
        AtomicInteger cut,
        AtomicLong chunks,
        AtomicLong late,
        AtomicLong latest) {

    private static final long LATE_MILLIS = 1000;
    private static final String SENT = "\"created\":";

    Crowd(int port, int streams, int perSecond, int seconds) {
        this(port, streams, perSecond, seconds, new AtomicInteger(), new AtomicLong(), new AtomicLong(), new AtomicLong());
    }

    /** What the upstream sends. */
    static Buffer chunk() {
        return Buffer.buffer("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\"," + SENT + System.currentTimeMillis()
                + ",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"some words\"},"
                + "\"finish_reason\":null}]}\n\n");
    }

    /** Opens all streams and waits for their ends; whether they ended. */
    boolean run(Vertx vertx) throws InterruptedException {
        HttpClientAgent client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(streams));
        CountDownLatch done = new CountDownLatch(streams);
        for (int i = 0; i < streams; i++) {
            open(client, done);
            // All at once would measure how fast connections are made.
            TimeUnit.MICROSECONDS.sleep(2_000_000 / streams);
        }
        return done.await(seconds + 60L, TimeUnit.SECONDS);
    }

    /** Runs, says what came of it, and ends the process. */
    void report(Vertx vertx) throws InterruptedException {
        boolean ended = run(vertx);
        long expected = (long) streams * perSecond * seconds;
        System.out.printf(
                "crowd streams=%d chunks=%d of %d cut=%d unfinished=%b late=%d latest_ms=%d%n",
                streams, chunks.get(), expected, cut.get(), !ended, late.get(), latest.get());
        System.exit(ended && cut.get() == 0 && late.get() == 0 && chunks.get() == expected ? 0 : 1);
    }

    private void open(HttpClientAgent client, CountDownLatch done) {
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI("/v1/chat/completions"))
                .compose(request -> request.putHeader("content-type", "application/json")
                        .putHeader("authorization", GatewayLoad.AUTHORIZATION)
                        .send(GatewayLoad.question("paced:" + perSecond * seconds + ":" + perSecond))
                        .onSuccess(response -> read(response, done)))
                .onFailure(failure -> ended(done, true));
    }

    private void read(HttpClientResponse response, CountDownLatch done) {
        Stream stream = new Stream();
        response.handler(stream::read);
        response.endHandler(ignored -> ended(done, !stream.complete));
        response.exceptionHandler(ignored -> ended(done, true));
    }

    /** What came of one answer. It shares the machine with what it measures, so it copies nothing twice. */
    private final class Stream {

        private String rest = "";
        private boolean complete;

        void read(Buffer bytes) {
            String text = rest + bytes.toString(StandardCharsets.ISO_8859_1);
            int start = 0;
            for (int end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n", start)) {
                int sent = text.indexOf(SENT, start);
                if (sent >= 0 && sent < end) {
                    event(text, sent + SENT.length());
                } else {
                    complete |= text.startsWith("data: [DONE]", start);
                }
                start = end + 2;
            }
            rest = text.substring(start);
        }

        private void event(String text, int at) {
            long left = Long.parseLong(text, at, text.indexOf(',', at), 10);
            // The last chunk was made long before.
            if (left > 1) {
                chunks.incrementAndGet();
                long took = System.currentTimeMillis() - left;
                latest.accumulateAndGet(took, Math::max);
                if (took > LATE_MILLIS) {
                    late.incrementAndGet();
                }
            }
        }
    }

    private void ended(CountDownLatch done, boolean early) {
        if (early) {
            cut.incrementAndGet();
        }
        done.countDown();
    }
}
