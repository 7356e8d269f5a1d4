import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Requests at an even rate, far below what the machine can do: what is measured is how long one takes, not how many fit. */
record Steady(int port, int perSecond, int seconds) {

    private static final int WARM_UP_SECONDS = 5;

    void run() throws InterruptedException {
        Vertx vertx = GatewayLoad.vertx();
        HttpClientAgent client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(64));
        List<Long> latencies = new ArrayList<>();
        CountDownLatch open = new CountDownLatch(perSecond * (WARM_UP_SECONDS + seconds));
        long interval = 1_000_000_000L / perSecond;
        long began = System.nanoTime();
        for (int i = 0; i < perSecond * (WARM_UP_SECONDS + seconds); i++) {
            long due = began + i * interval;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            ask(client, i < perSecond * WARM_UP_SECONDS ? new ArrayList<>() : latencies, open);
        }
        open.await(30, TimeUnit.SECONDS);
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "steady requests=%d p50_ms=%.3f p99_ms=%.3f unanswered=%d%n",
                sorted.length, sorted[sorted.length / 2] / 1e6, sorted[(int) (sorted.length * 0.99)] / 1e6, perSecond * seconds - sorted.length);
        System.exit(0);
    }

    private void ask(HttpClientAgent client, List<Long> latencies, CountDownLatch open) {
        long began = System.nanoTime();
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI("/v1/chat/completions"))
                .compose(request -> request.putHeader("content-type", "application/json")
                        .putHeader("authorization", GatewayLoad.AUTHORIZATION)
                        .send(GatewayLoad.question("m"))
                        .compose(HttpClientResponse::body))
                .onSuccess(body -> {
                    synchronized (latencies) {
                        latencies.add(System.nanoTime() - began);
                    }
                })
                .onComplete(ignored -> open.countDown());
    }
}
