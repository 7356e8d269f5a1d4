package dev.patchbay.gateway;

import dev.patchbay.http.Misdirections;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Carries out a plan that calls an upstream. Used on one event loop. */
final class HttpRun implements UpstreamListener {

    /** For the page of an error, whose connection may hang behind it. */
    private static final Duration ERROR_BODY = Duration.ofSeconds(5);

    /** For what comes behind the end, so that the connection can be used again. */
    private static final Duration UNWANTED_BODY = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Duration pingAfter;
    private final Exchange client;
    private final Plan.OverHttp plan;
    private final UpstreamPool pool;
    private UpstreamExchange upstream;
    private Runnable stopTimers = () -> {};
    private BodySink sink = new DroppedBody();
    private boolean begun;

    HttpRun(Vertx vertx, UpstreamPool pool, Duration pingAfter, Exchange client, Plan.OverHttp plan) {
        this.vertx = vertx;
        this.pingAfter = pingAfter;
        this.client = client;
        this.plan = plan;
        this.pool = pool;
        this.upstream = exchange(plan.call());
    }

    private UpstreamExchange exchange(HttpCall call) {
        return new UpstreamExchange(vertx, pool, plan, call, this);
    }

    void start() {
        upstream.start();
        client.whenGone(() -> {
            stopTimers.run();
            upstream.cancel();
        });
    }

    @Override
    public void head(int status, MultiMap headers) {
        if (plan.ready().isRenewedAfter(status)) {
            renew();
            return;
        }
        begun = true;
        if (status >= 300 && status < 400) {
            refuse(misdirections()
                    .redirect(
                            status, Optional.ofNullable(headers.get("location")).orElse("")));
        } else if (status >= 400) {
            sink = refusal(status, headers);
        } else if (isType(headers, "text/html")) {
            refuse(misdirections().page());
        } else if (plan instanceof Plan.Translated translated) {
            sink = translated(translated, headers);
        } else {
            sink = relayed(status, headers);
        }
    }

    @Override
    public void data(Buffer bytes) {
        sink.data(bytes);
    }

    @Override
    public void end() {
        sink.end();
    }

    @Override
    public void failed(ProviderException failure) {
        if (begun) {
            sink.failed(failure);
        } else {
            client.fail(failure);
        }
    }

    /** Sends the call once more with other keys; off the event loop, since a command may have to print them. */
    private void renew() {
        upstream.cancel();
        vertx.executeBlocking(plan.ready()::renewed, false).onComplete(call -> {
            if (call.failed()) {
                client.fail(Failures.of(call.cause()));
            } else if (!client.isGone()) {
                upstream = exchange(call.result());
                upstream.start();
            }
        });
    }

    private BodySink refusal(int status, MultiMap headers) {
        if (client.dialect() instanceof CountingClient && CountingClient.isUnknownThere(status)) {
            client.json(200, CountingClient.count(plan.call().body()));
            upstream.endWithin(UNWANTED_BODY);
            return new DroppedBody();
        }
        upstream.endWithin(ERROR_BODY);
        return new ErrorSink(client, plan, status, headers);
    }

    private BodySink relayed(int status, MultiMap headers) {
        RequestIds.of(headers).ifPresent(client::identified);
        client.response().setStatusCode(status);
        RelayHeaders.copy(headers, client.response());
        if (!headers.contains("content-length")) {
            client.response().setChunked(true);
        }
        Outbox outbox = client.outbox(upstream);
        if (!client.hasDetour()) {
            outbox.begin();
        }
        boolean readable = isType(headers, "text/event-stream")
                && !headers.contains("content-encoding")
                && !headers.contains("content-length");
        if (!readable) {
            return new PlainRelay(client, outbox);
        }
        EventRelay events = new EventRelay(vertx, pingAfter, client, outbox, upstream, plan.ready());
        stopTimers = events::stop;
        return events;
    }

    private BodySink translated(Plan.Translated translated, MultiMap headers) {
        RequestIds.of(headers).ifPresent(client::identified);
        ClientAnswer answer = ClientAnswers.of(vertx, pingAfter, client, translated.client(), upstream);
        stopTimers = answer::stop;
        BodySink body = form(translated, headers, answer);
        return Unzip.of(headers)
                .<BodySink>map(unzip -> new UnzippedBody(unzip, body))
                .orElse(body);
    }

    private BodySink form(Plan.Translated translated, MultiMap headers, ClientAnswer answer) {
        if (isType(headers, "text/event-stream")) {
            return events(translated, answer);
        }
        if (contentType(headers).contains("json")) {
            return new TranslatedBody(vertx, translated, answer);
        }
        return new UndecidedBody(first -> {
            if (first == '<') {
                refuse(misdirections().page());
                return new DroppedBody();
            }
            boolean json = first == '{' || first == '[';
            return json ? new TranslatedBody(vertx, translated, answer) : events(translated, answer);
        });
    }

    private BodySink events(Plan.Translated translated, ClientAnswer answer) {
        return new TranslatedEvents(
                translated.wire().streamDecoder(translated.request(), translated.quirks(), answer),
                answer,
                () -> upstream.endWithin(UNWANTED_BODY));
    }

    private void refuse(ProviderException failure) {
        upstream.cancel();
        client.fail(failure);
    }

    private Misdirections misdirections() {
        return new Misdirections(plan.target());
    }

    private static boolean isType(MultiMap headers, String type) {
        return contentType(headers).startsWith(type);
    }

    private static String contentType(MultiMap headers) {
        return Optional.ofNullable(headers.get("content-type")).orElse("").toLowerCase(Locale.ROOT);
    }
}
