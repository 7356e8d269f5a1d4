import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * All kinds of requests by turns, at half of what the gateway can do, for a long time. Says each minute what it holds and how long the
 * slowest request took, and at the end whether that grew. How late the generator itself was tells a busy machine from a slow gateway.
 */
record Soak(int port, long pid, int minutes, AtomicLong slowest, AtomicInteger failed, AtomicInteger answered) {

    private static final List<String> KINDS = List.of("json", "burst", "translate", "translate-burst", "tools");
    private static final int CONCURRENCY = 16;
    private static final int WARM_UP_REQUESTS = 5_000;
    private static final int MEASURED_REQUESTS = 2_000;
    private static final long SLOW_MILLIS = 1_000;

    Soak(int port, long pid, int minutes) {
        this(port, pid, minutes, new AtomicLong(), new AtomicInteger(), new AtomicInteger());
    }

    /** Of one minute. */
    private record Sample(long residentMegabytes, long threads, long descriptors, long slowestMillis, int failed, int answered) {}

    void run() throws Exception {
        Vertx vertx = GatewayLoad.vertx();
        HttpClientAgent client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(512));
        saturate(client, WARM_UP_REQUESTS);
        double perSecond = saturate(client, MEASURED_REQUESTS) / 2;
        System.out.printf("%.0f requests a second, half of what it can do, for %d minutes%n", perSecond, minutes);
        System.out.println("minute requests failed slowest_ms generator_late_ms resident_MB threads descriptors");
        List<Sample> samples = new ArrayList<>();
        long interval = (long) (1e9 / perSecond);
        AtomicInteger turn = new AtomicInteger();
        long due = System.nanoTime();
        for (int minute = 1; minute <= minutes; minute++) {
            reset();
            long late = 0;
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (System.nanoTime() < end) {
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                late = Math.max(late, System.nanoTime() - due);
                // What a stalled machine kept back is not made up for at once.
                due = Math.max(due + interval, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
                ask(client, KINDS.get(turn.getAndIncrement() % KINDS.size()), () -> {});
            }
            Sample sample = sample();
            samples.add(sample);
            System.out.printf(
                    "%6d %8d %6d %10d %17d %11d %7d %11d%n",
                    minute,
                    sample.answered,
                    sample.failed,
                    sample.slowestMillis,
                    late / 1_000_000,
                    sample.residentMegabytes,
                    sample.threads,
                    sample.descriptors);
        }
        System.exit(judge(samples) ? 0 : 1);
    }

    /** As fast as it answers; requests a second. */
    private double saturate(HttpClientAgent client, int requests) throws InterruptedException {
        reset();
        AtomicInteger left = new AtomicInteger(requests);
        CountDownLatch done = new CountDownLatch(requests);
        long began = System.nanoTime();
        for (int i = 0; i < CONCURRENCY; i++) {
            next(client, left, done);
        }
        if (!done.await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException(done.getCount() + " requests were not answered");
        }
        if (failed.get() > 0) {
            throw new IllegalStateException(failed.get() + " requests failed");
        }
        return requests / ((System.nanoTime() - began) / 1e9);
    }

    private void next(HttpClientAgent client, AtomicInteger left, CountDownLatch done) {
        int turn = left.decrementAndGet();
        if (turn >= 0) {
            ask(client, KINDS.get(turn % KINDS.size()), () -> {
                done.countDown();
                next(client, left, done);
            });
        }
    }

    private void ask(HttpClientAgent client, String kind, Runnable ended) {
        long began = System.nanoTime();
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setIdleTimeout(60_000)
                        .setURI(Load.path(kind)))
                .compose(request -> request.putHeader("content-type", "application/json")
                        .putHeader("authorization", GatewayLoad.AUTHORIZATION)
                        .send(Load.body(kind))
                        .compose(Soak::whole))
                .onComplete(answer -> {
                    slowest.accumulateAndGet((System.nanoTime() - began) / 1_000_000, Math::max);
                    (answer.succeeded() ? answered : failed).incrementAndGet();
                    ended.run();
                });
    }

    private static io.vertx.core.Future<Buffer> whole(HttpClientResponse response) {
        return response.body().map(body -> {
            if (response.statusCode() != 200) {
                throw new IllegalStateException("status " + response.statusCode());
            }
            return body;
        });
    }

    private void reset() {
        slowest.set(0);
        failed.set(0);
        answered.set(0);
    }

    private Sample sample() throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return new Sample(
                    status(process, "VmRSS:") / 1024,
                    status(process, "Threads:"),
                    descriptors.count(),
                    slowest.get(),
                    failed.get(),
                    answered.get());
        }
    }

    private static long status(Path process, String name) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The last quarter beside the second: in the first the heap still finds its size. */
    private static boolean judge(List<Sample> samples) {
        int quarter = Math.max(1, samples.size() / 4);
        List<Sample> early = samples.subList(Math.min(quarter, samples.size() - 1), Math.min(2 * quarter, samples.size()));
        List<Sample> late = samples.subList(samples.size() - quarter, samples.size());
        boolean flat = isFlat("resident MB", early, late, Sample::residentMegabytes, 16)
                & isFlat("threads", early, late, Sample::threads, 2)
                & isFlat("descriptors", early, late, Sample::descriptors, 16);
        int failures = samples.stream().mapToInt(Sample::failed).sum();
        long slowest = samples.stream().mapToLong(Sample::slowestMillis).max().orElse(0);
        System.out.printf("failed requests: %d%s%n", failures, failures == 0 ? "" : " NOT NONE");
        System.out.printf("slowest request: %d ms%s%n", slowest, slowest <= SLOW_MILLIS ? "" : " SLOWER THAN A SECOND");
        return flat & failures == 0 & slowest <= SLOW_MILLIS;
    }

    /** By the greatest of each, with a tenth to spare, or so many where they are few. */
    private static boolean isFlat(
            String name, List<Sample> early, List<Sample> late, ToLongFunction<Sample> figure, long spare) {
        long before = early.stream().mapToLong(figure).max().orElse(0);
        long after = late.stream().mapToLong(figure).max().orElse(0);
        boolean flat = after <= before + Math.max(spare, before / 10);
        System.out.printf("%s: %d, at the end %d%s%n", name, before, after, flat ? "" : " NOT FLAT");
        return flat;
    }
}
