import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** So many units at a concurrency, after half as many to warm up. */
record Load(String kind, int port, int units, int concurrency, String pids, String body) {

    private static final int LONGEST_MINUTES = 3;

    Load(String kind, int port, int units, int concurrency, String pids) {
        this(kind, port, units, concurrency, pids, body(kind));
    }

    void run() throws Exception {
        Vertx vertx = GatewayLoad.vertx();
        HttpClientAgent client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(concurrency));
        play(client, Math.max(concurrency, units / 2), new ArrayList<>());
        List<Long> latencies = new ArrayList<>();
        long before = cpuMicros();
        long began = System.nanoTime();
        long chunks = play(client, units, latencies);
        long wall = System.nanoTime() - began;
        double cpu = cpuMicros() - before;
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%s cpu_us_per_unit=%.1f cpu_us_per_chunk=%.2f units_per_s=%.0f p50_ms=%.2f p99_ms=%.2f%n",
                kind,
                cpu / units,
                chunks == 0 ? 0 : cpu / chunks,
                units / (wall / 1e9),
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6);
        vertx.close();
        System.exit(0);
    }

    /** Returns the number of chunks that came. */
    private long play(HttpClientAgent client, int count, List<Long> latencies) throws Exception {
        AtomicInteger left = new AtomicInteger(count);
        AtomicLong chunks = new AtomicLong();
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < Math.min(concurrency, count); i++) {
            next(client, left, chunks, done, latencies);
        }
        if (!done.await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            System.out.println(done.getCount() + " of " + count + " requests were not answered");
            System.exit(1);
        }
        return chunks.get();
    }

    private void next(
            HttpClientAgent client, AtomicInteger left, AtomicLong chunks, CountDownLatch done, List<Long> latencies) {
        if (left.decrementAndGet() < 0) {
            return;
        }
        long began = System.nanoTime();
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setIdleTimeout(30_000)
                        .setURI(path(kind)))
                // The body is asked for on the loop that brings it, or its end can be missed.
                .compose(request -> request.putHeader("content-type", "application/json")
                        .putHeader("authorization", GatewayLoad.AUTHORIZATION)
                        .send(body)
                        .compose(Load::whole))
                .onComplete(answer -> {
                    if (answer.failed()) {
                        answer.cause().printStackTrace();
                        System.exit(1);
                    }
                    synchronized (latencies) {
                        latencies.add(System.nanoTime() - began);
                    }
                    chunks.addAndGet(answer.result().length() / chunk().length());
                    done.countDown();
                    next(client, left, chunks, done, latencies);
                });
    }

    private static Future<Buffer> whole(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("status " + response.statusCode());
        }
        return response.body();
    }

    static String path(String kind) {
        return kind.startsWith("translate") || kind.equals("tools") ? "/v1/messages" : "/v1/chat/completions";
    }

    static String body(String kind) {
        return switch (kind) {
            case "stream" -> GatewayLoad.question("paced:250:25");
            case "burst", "translate-burst" -> GatewayLoad.question("burst:200");
            case "translate-text", "translate-input", "translate-filler", "translate-count" ->
                GatewayLoad.question("burst:200:" + kind.substring("translate-".length()));
            case "tools" -> GatewayLoad.questionWithTools();
            default -> GatewayLoad.question("m");
        };
    }

    /** The end is shorter than any. */
    private Buffer chunk() {
        return kind.equals("stream") ? Crowd.chunk() : GatewayLoad.CHUNK;
    }

    /** User and system time of the measured processes and their children, in hundredths of a second. */
    private long cpuMicros() throws Exception {
        long ticks = 0;
        for (String pid : pids.split(",")) {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Arrays.stream(fields, 11, 13).mapToLong(Long::parseLong).sum();
        }
        return ticks * 10_000;
    }
}
