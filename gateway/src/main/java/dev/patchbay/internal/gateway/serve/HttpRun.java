package dev.patchbay.internal.gateway.serve;

import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.PausableSource;
import dev.patchbay.internal.gateway.accept.GatewaySettings;
import dev.patchbay.internal.gateway.answer.ClientAnswer;
import dev.patchbay.internal.gateway.answer.ClientAnswers;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import dev.patchbay.internal.gateway.answer.RequestIds;
import dev.patchbay.internal.gateway.answer.ResponseBodyWriter;
import dev.patchbay.internal.gateway.client.ClientRequest;
import dev.patchbay.internal.gateway.client.CountingClient;
import dev.patchbay.internal.gateway.client.KeptItems;
import dev.patchbay.internal.gateway.plan.Plan;
import dev.patchbay.internal.gateway.relay.ErrorSink;
import dev.patchbay.internal.gateway.relay.EventRelay;
import dev.patchbay.internal.gateway.relay.PlainRelay;
import dev.patchbay.internal.gateway.relay.RelayHeaders;
import dev.patchbay.internal.gateway.translate.TranslatedBody;
import dev.patchbay.internal.gateway.translate.TranslatedEvents;
import dev.patchbay.internal.gateway.upstream.BodySink;
import dev.patchbay.internal.gateway.upstream.DroppedBody;
import dev.patchbay.internal.gateway.upstream.KeptAliveBody;
import dev.patchbay.internal.gateway.upstream.UndecidedBody;
import dev.patchbay.internal.gateway.upstream.UnzippedBody;
import dev.patchbay.internal.gateway.upstream.UpstreamExchange;
import dev.patchbay.internal.gateway.upstream.UpstreamListener;
import dev.patchbay.internal.gateway.upstream.UpstreamPool;
import dev.patchbay.internal.http.BodyKind;
import dev.patchbay.internal.http.ContentCoding;
import dev.patchbay.internal.http.WrongAddressAdvice;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;

/** Carries out a plan that calls an upstream. Used on one event loop. */
final class HttpRun implements UpstreamListener {

    /** For the page of an error, whose connection may hang behind it. */
    private static final Duration ERROR_BODY = Duration.ofSeconds(5);

    /** For what comes behind the end, so that the connection can be used again. */
    private static final Duration UNWANTED_BODY = Duration.ofSeconds(1);

    /** "Reset content": what came behind it all the same would be lost behind it here. */
    private static final int NO_BODY = 205;

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final ClientExchange client;
    private final Plan.OverHttp plan;
    private final UpstreamPool pool;
    private UpstreamExchange upstream;
    private Runnable stopTimers = () -> {};
    private BodySink sink = new DroppedBody();
    private boolean begun;

    HttpRun(Vertx vertx, UpstreamPool pool, GatewaySettings settings, ClientExchange client, Plan.OverHttp plan) {
        this.vertx = vertx;
        this.settings = settings;
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
        client.whenCut(why -> {
            upstream.cancel();
            failed(why);
        });
        client.whenGone(() -> {
            stopTimers.run();
            upstream.cancel();
        });
    }

    @Override
    public void head(int status, MultiMap headers) {
        try {
            begin(status, headers);
        } catch (RuntimeException | StackOverflowError | LinkageError broken) {
            give(broken);
        }
    }

    @Override
    public void data(Buffer bytes) {
        try {
            sink.data(bytes);
        } catch (RuntimeException | StackOverflowError | LinkageError broken) {
            give(broken);
        }
    }

    @Override
    public void end() {
        try {
            sink.end();
        } catch (RuntimeException | StackOverflowError | LinkageError broken) {
            give(broken);
        }
    }

    @Override
    public void failed(ProviderException failure) {
        if (!begun) {
            client.fail(failure);
            return;
        }
        try {
            sink.failed(failure);
        } catch (RuntimeException | StackOverflowError | LinkageError broken) {
            give(broken);
        }
    }

    /** Whatever goes wrong ends this one exchange, with an answer. */
    private void give(Throwable broken) {
        upstream.cancel();
        stopTimers.run();
        BodySink failing = sink;
        sink = new DroppedBody();
        ProviderException failure = GatewayFailures.of(broken);
        if (!client.response().headWritten()) {
            client.fail(failure);
            return;
        }
        try {
            failing.failed(failure);
        } catch (RuntimeException | StackOverflowError again) {
            client.brokeOff();
            client.request().connection().close();
        }
    }

    private void begin(int status, MultiMap headers) {
        if (plan.ready().isRenewedAfter(status)) {
            renew();
            return;
        }
        begun = true;
        if (status >= 300 && status < 400) {
            client.quotes();
            refuse(misdirections().redirect(status, header(headers, "location")));
        } else if (status >= 400) {
            sink = refusal(status, headers);
        } else {
            sink = success(status, headers);
        }
    }

    /** Sends the call once more with other keys; off the event loop, since a command may have to print them. */
    private void renew() {
        upstream.cancel();
        vertx.executeBlocking(plan.ready()::renewed, false).onComplete(call -> {
            if (call.failed()) {
                client.fail(GatewayFailures.of(call.cause()));
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

    /** What a success holds, unpacked and by what it is, whatever its headers say of it. */
    private BodySink success(int status, MultiMap headers) {
        ContentCoding coding =
                ContentCoding.of(headers.getAll("content-encoding"), headers.getAll("transfer-encoding"));
        RequestIds.of(headers).map(plan.ready()::clean).ifPresent(client::identified);
        String contentType = header(headers, "content-type");
        if (coding == ContentCoding.IDENTITY) {
            return keptAlive(new UndecidedBody(contentType, form -> body(form, status, headers, upstream)));
        }
        client.memory().take(UnzippedBody.MOST_HELD);
        UnzippedBody unzipped = new UnzippedBody(vertx, coding, upstream);
        stopWith(unzipped::stop);
        unzipped.to(keptAlive(new UndecidedBody(contentType, form -> body(form, status, headers, unzipped))));
        return unzipped;
    }

    private BodySink keptAlive(BodySink body) {
        Duration limit = settings.commentTimeout();
        KeptAliveBody limited = new KeptAliveBody(vertx, limit, body, () -> upstream.keptOpen(limit));
        // Whatever reads the answer may end the exchange, and this hears nothing of it.
        upstream.whenOver(limited::stop);
        return limited;
    }

    private BodySink body(BodyKind form, int status, MultiMap headers, PausableSource source) {
        if (form == BodyKind.PAGE) {
            refuse(misdirections().page());
            return new DroppedBody();
        }
        if (form == BodyKind.UNREADABLE) {
            refuse(BodyKind.unreadable());
            return new DroppedBody();
        }
        if (plan instanceof Plan.Translated translated) {
            return translated(translated, form, source);
        }
        boolean events = form == BodyKind.EVENTS;
        boolean stream = plan instanceof Plan.Relayed relayed && relayed.stream();
        return (events == stream ? Optional.<Plan.Translated>empty() : repackaged())
                .map(other -> translated(other, form, source))
                .orElseGet(() -> relayed(events, status, headers, source));
    }

    /** For an answer that is whole where a stream was asked for, or the reverse (dialects.md, S14); empty where that cannot be. */
    private Optional<Plan.Translated> repackaged() {
        Optional<WireDialect> wire = client.dialect()
                .operation()
                .flatMap(operation -> Dialects.ALL.stream()
                        .filter(dialect -> dialect.operation().equals(operation.key()))
                        .findFirst());
        if (wire.isEmpty()) {
            return Optional.empty();
        }
        DroppedMembers nothing = new DroppedMembers(plan.route().provider());
        // What names items of earlier answers went to the provider as it is, and cannot be read here.
        KeptItems.Of none = new KeptItems(System::nanoTime).of("");
        ClientRequest asked;
        try {
            asked = client.dialect().read(Bodies.request(plan.call().body()), nothing, none);
        } catch (ProviderException unreadable) {
            return Optional.empty();
        }
        return Optional.of(new Plan.Translated(
                plan.route(),
                plan.target(),
                plan.ready(),
                asked,
                wire.get(),
                asked.request(),
                plan.route().quirks(),
                Optional.empty()));
    }

    private BodySink relayed(boolean events, int status, MultiMap headers, PausableSource source) {
        RelayHeaders.copy(headers, client.response(), plan.ready());
        client.response().setStatusCode(status == NO_BODY ? 200 : status).setChunked(true);
        if (!events) {
            return new PlainRelay(client, client.writer(source), plan.ready());
        }
        client.response().putHeader("content-type", "text/event-stream");
        ResponseBodyWriter writer = client.writer(source);
        int choices = plan instanceof Plan.Relayed relayed ? relayed.choices() : 1;
        EventRelay relay = new EventRelay(vertx, settings.pingAfter(), client, writer, upstream, plan.ready(), choices);
        stopWith(relay::stop);
        return relay;
    }

    private BodySink translated(Plan.Translated translated, BodyKind form, PausableSource source) {
        ClientAnswer answer = ClientAnswers.of(vertx, settings.pingAfter(), client, translated.client(), source);
        stopWith(answer::stop);
        boolean stream = translated.request().stream();
        BodyKind kind = stream ? form.streamed(translated.wire().framing()) : form;
        if (kind == BodyKind.JSON) {
            return new TranslatedBody(vertx, translated, answer, upstream::cancel, client.memory());
        }
        StreamDecoder decoder = translated.wire().streamDecoder(translated.request(), translated.quirks(), answer);
        TranslatedEvents events = new TranslatedEvents(vertx, upstream, decoder, answer, client.memory());
        stopWith(events::stop);
        return events;
    }

    private void stopWith(Runnable also) {
        Runnable before = stopTimers;
        stopTimers = () -> {
            before.run();
            also.run();
        };
    }

    private void refuse(ProviderException failure) {
        upstream.cancel();
        client.fail(failure);
    }

    private WrongAddressAdvice misdirections() {
        return new WrongAddressAdvice(plan.target());
    }

    private static String header(MultiMap headers, String name) {
        return Optional.ofNullable(headers.get(name)).orElse("");
    }
}
