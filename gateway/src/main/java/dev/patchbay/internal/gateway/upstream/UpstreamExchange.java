package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.codec.Bodies;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.PausableSource;
import dev.patchbay.internal.gateway.SilenceTimer;
import dev.patchbay.internal.gateway.plan.Plan;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Timeout;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with an upstream: the call, its time-outs, and one more try where a connection failed before anything was sent
 * or had gone stale in the pool. Used on one event loop.
 */
public final class UpstreamExchange implements PausableSource {

    private final Vertx vertx;
    private final UpstreamPool pool;
    private final Plan.OverHttp plan;
    private final HttpCall call;
    private final HttpSettings limits;
    private final UpstreamListener listener;
    private final Alarm total;
    private final Alarm step;
    private final Handler<Buffer> taker = this::data;
    private ProxyChoice way = ProxyChoice.DIRECT;
    private UpstreamFailures failures;
    private @Nullable SilenceTimer idle;
    private Runnable over = () -> {};
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private @Nullable BodyTap tap;
    private boolean paused;
    private boolean retried;
    private boolean reused;
    private boolean done;

    /** @param call that of the plan, or the same with other keys */
    public UpstreamExchange(
            Vertx vertx, UpstreamPool pool, Plan.OverHttp plan, HttpCall call, UpstreamListener listener) {
        this.vertx = vertx;
        this.pool = pool;
        this.plan = plan;
        this.call = call;
        this.limits = plan.route().http();
        this.listener = listener;
        this.failures = UpstreamFailures.of(plan.target().origin(), limits, null);
        this.total = new Alarm(vertx);
        this.step = new Alarm(vertx);
    }

    /** Sends the call. */
    public void start() {
        total.set(limits.total(), () -> fail(tooLong()));
        pool.ways().find(limits, plan.target().origin(), plan.ready()).onComplete(this::found);
    }

    /** Ends the exchange and closes its connection at once; the listener hears nothing more. Idempotent. */
    public void cancel() {
        if (!done) {
            finish();
            breakOff();
        }
    }

    /** Allows the rest of the exchange only so much time. */
    public void endWithin(Duration limit) {
        if (!done) {
            total.set(Timeout.of(limit), () -> fail(failures.network().stalled(true)));
        }
    }

    /** Ends the exchange since nothing but what keeps it open came for so long; a slow reader is waited for. */
    public void keptOpen(Duration limit) {
        if (!paused) {
            fail(failures.network().keptOpen(limit));
        }
    }

    /** Runs something when the exchange is over, however it ends. */
    public void whenOver(Runnable task) {
        if (done) {
            task.run();
        } else {
            over = task;
        }
    }

    @Override
    public void pause() {
        paused = true;
        hold();
    }

    @Override
    public void resume() {
        paused = false;
        if (response != null && tap != null && !done) {
            touch();
            tap.hold(taker, false);
            response.resume();
        }
    }

    /** Whether a slow reader holds it up, so that silence says nothing. */
    public boolean isPaused() {
        return paused;
    }

    @Override
    public boolean afterRead(Handler<Void> task) {
        return tap != null && tap.afterRead(taker, task);
    }

    private void hold() {
        if (response != null && tap != null && !done) {
            response.pause();
            tap.hold(taker, true);
        }
    }

    private void found(AsyncResult<ProxyChoice> found) {
        if (found.failed()) {
            fail(GatewayFailures.of(found.cause()));
        } else if (!done) {
            way = found.result();
            if (way.proxy() != null) {
                failures = UpstreamFailures.of(plan.target().origin(), limits, way.proxy());
            }
            connect();
        }
    }

    private void connect() {
        RequestOptions options = UpstreamRequests.options(call, way);
        step.set(
                limits.connect(),
                () -> fail(failures.network().notConnectedInTime(new TimeoutException("connecting"))));
        Future<HttpClientRequest> opening =
                retried ? pool.fresh(options, limits.tls()) : pool.pooled(options, limits.tls());
        opening.onComplete(this::connected);
    }

    private void connected(AsyncResult<HttpClientRequest> opened) {
        step.cancel();
        if (done) {
            if (opened.succeeded()) {
                opened.result().connection().close();
            }
            return;
        }
        if (opened.failed()) {
            notConnected(opened.cause());
            return;
        }
        HttpClientRequest ready = opened.result();
        request = ready;
        reused = pool.isReused(ready.connection());
        tap = BodyTap.of(ready.connection());
        step.set(
                limits.firstByte().orElse(Timeout.OFF),
                () -> fail(failures.network().silence(false)));
        Future<HttpClientResponse> answer =
                call.body().length == 0 ? ready.send() : ready.send(Buffer.buffer(call.body()));
        answer.onComplete(this::answered);
    }

    /** Nothing was sent: once more at once, since a server that restarts refuses for a moment. */
    private void notConnected(Throwable cause) {
        if (!retried && !UpstreamFailures.isLasting(cause)) {
            retried = true;
            connect();
        } else {
            explain(cause);
        }
    }

    private void answered(AsyncResult<HttpClientResponse> head) {
        if (done) {
            return;
        }
        step.cancel();
        if (head.failed()) {
            noAnswer(head.cause());
            return;
        }
        HttpClientResponse begun = head.result();
        Optional<ProviderException> byProxy = failures.byProxy(begun.statusCode(), begun.headers());
        if (byProxy.isPresent()) {
            fail(byProxy.get());
            return;
        }
        if (begun.statusCode() < 200) {
            fail(Bodies.unusable(
                    begun.statusCode() == 101
                            ? "upstream wants to speak another protocol, which was not asked for"
                            : "upstream answered with the status " + begun.statusCode() + ", which says nothing"));
            return;
        }
        response = begun;
        begun.handler(taker);
        begun.exceptionHandler(broken -> fail(failures.network().brokenInside(broken)));
        begun.endHandler(ignored -> end());
        limits.idle().limit().ifPresent(limit -> idle = new SilenceTimer(vertx, limit, this::silent));
        if (tap != null) {
            tap.open(taker);
        }
        if (paused) {
            hold();
        }
        listener.head(begun.statusCode(), begun.headers());
    }

    /** A connection from the pool may have been closed by the other side while the request was on its way to it. */
    private void noAnswer(Throwable cause) {
        boolean broke = !(cause instanceof ConnectException)
                && !(cause instanceof TimeoutException)
                && !(cause instanceof TooLongFrameException)
                && !UpstreamFailures.isUnreadable(cause);
        if (reused && !retried && broke) {
            retried = true;
            connect();
        } else {
            explain(cause);
        }
    }

    private void data(Buffer bytes) {
        if (!done) {
            touch();
            listener.data(bytes);
        }
    }

    private void end() {
        if (!done) {
            finish();
            if (retried || mayGoOn()) {
                breakOff();
            } else if (request != null) {
                pool.release(request.connection());
            }
            listener.end();
        }
    }

    /** Whether more may follow where HTTP has no body, which the next request would get for its answer. */
    private boolean mayGoOn() {
        return response != null && (response.statusCode() == 204 || response.statusCode() == 304);
    }

    private void silent() {
        if (!paused) {
            fail(failures.network().stalled(false));
        }
    }

    private void touch() {
        if (idle != null) {
            idle.touch();
        }
    }

    /** Off the event loop: to find out who issued a certificate takes another connection. */
    private void explain(Throwable cause) {
        if (UpstreamFailures.mayWait(cause)) {
            vertx.executeBlocking(() -> failures.of(cause), false)
                    .onComplete(explained ->
                            fail(explained.succeeded() ? explained.result() : GatewayFailures.of(explained.cause())));
        } else {
            fail(failures.of(cause));
        }
    }

    private ProviderException tooLong() {
        return response == null
                ? failures.network().silence(true)
                : failures.network().stalled(true);
    }

    private void fail(ProviderException failure) {
        if (!done) {
            finish();
            breakOff();
            listener.failed(failure);
        }
    }

    private void finish() {
        done = true;
        total.cancel();
        step.cancel();
        if (idle != null) {
            idle.stop();
        }
        over.run();
    }

    private void breakOff() {
        if (request != null) {
            request.connection().close();
        }
    }

    /** One limit after the other. */
    private static final class Alarm {

        private final Vertx vertx;
        private long timer = -1;

        Alarm(Vertx vertx) {
            this.vertx = vertx;
        }

        void set(Timeout timeout, Runnable ring) {
            cancel();
            timeout.limit()
                    .map(Duration::toMillis)
                    .ifPresent(millis -> timer = vertx.setTimer(Math.max(1, millis), id -> ring.run()));
        }

        void cancel() {
            if (timer != -1) {
                vertx.cancelTimer(timer);
                timer = -1;
            }
        }
    }
}
