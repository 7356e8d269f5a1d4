package dev.patchbay.internal.gateway.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.gateway.AccessRecord;
import dev.patchbay.internal.config.secret.CommandFailure;
import dev.patchbay.internal.gateway.AbruptClose;
import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.PausableSource;
import dev.patchbay.internal.gateway.client.ClientDialect;
import dev.patchbay.internal.gateway.plan.FailureRecovery;
import dev.patchbay.internal.gateway.plan.Plan;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.TraceContext;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Usage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of a client and its answer. Used on one event loop. */
public final class ClientExchange {

    private static final String JSON = "application/json";

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ContextInternal context;
    private ClientDialect dialect;
    private final BufferBudget.Reservation memory;
    private final Consumer<ClientExchange> ended;
    private final long started = System.nanoTime();
    private final Instant at = Instant.now();
    private Usage usage = Usage.unknown();
    private @Nullable Duration firstToken;
    private @Nullable ProviderException failure;
    private String passedOver = "";
    private boolean quoting;
    private String requestId = RequestIds.fresh();
    private @Nullable Plan plan;
    private List<String> failedBefore = List.of();
    private @Nullable FailureRecovery recoverBy;
    private @Nullable Runnable whenGone;
    private @Nullable ResponseBodyWriter writer;
    private @Nullable Consumer<ProviderException> cut;
    private @Nullable String readableBy;
    private boolean brokeOff;
    private boolean over;

    /**
     * @param dialect in which errors are told
     * @param memory what it holds; closed when it is over
     * @param ended told once, when the answer is complete or the client has left
     */
    public ClientExchange(
            HttpServerRequest request,
            ContextInternal context,
            ClientDialect dialect,
            BufferBudget.Reservation memory,
            Consumer<ClientExchange> ended) {
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.dialect = dialect;
        this.memory = memory;
        this.ended = ended;
        response.exceptionHandler(ignored -> gone());
        response.closeHandler(ignored -> gone());
        response.endHandler(ignored -> over());
    }

    public ClientDialect dialect() {
        return dialect;
    }

    /** What the request and its answer hold in memory; whoever holds a piece of either takes it from here first. */
    public BufferBudget.Reservation memory() {
        return memory;
    }

    /** Another one than was thought at first. */
    public void dialect(ClientDialect known) {
        dialect = known;
    }

    /** A page of this origin may read the answer, errors included (Fetch standard, CORS protocol). */
    public void readableBy(String origin) {
        readableBy = origin;
        writeOrigin();
    }

    /** Runs a task as part of this request: what it throws ends the request. */
    public void dispatch(Runnable task) {
        context.dispatch(task);
    }

    /** The same from any thread, later. */
    public void later(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return response;
    }

    public Optional<Plan> plan() {
        return Optional.ofNullable(plan);
    }

    /** Where the request goes; every answer says so. What another plan before it left of an answer is forgotten. */
    public void planned(Plan decided) {
        if (plan != null) {
            forget(plan);
        }
        plan = decided;
        Route route = decided.route();
        response.putHeader("x-patchbay-provider", HeaderText.escape(route.provider()));
        response.putHeader("x-patchbay-model", HeaderText.escape(route.upstreamModel()));
        decided.dropped().flatMap(DroppedHeader::of).ifPresent(names -> response.putHeader(DroppedHeader.NAME, names));
    }

    /** What is tried before the client is told of a failure, as long as it got nothing of an answer. */
    public void recoverBy(FailureRecovery other) {
        recoverBy = other;
    }

    /** Whether a failure may be answered by another provider, so that nothing should be sent before it has to be. */
    boolean hasDetour() {
        return recoverBy != null;
    }

    /** The upstream's own id of the request takes the place of ours. */
    public void identified(String id) {
        requestId = HeaderText.escape(id);
    }

    /** What to end when the client leaves; at once if it has left. */
    public void whenGone(Runnable cancel) {
        whenGone = cancel;
        if (isGone()) {
            cancel.run();
        }
    }

    /** How to end what runs with an error that the client can read, where the gateway has to. */
    public void whenCut(Consumer<ProviderException> told) {
        cut = told;
    }

    /** Ends the request, whatever it is at. */
    public void cut(ProviderException why) {
        if (over) {
            return;
        }
        recoverBy = null;
        if (cut == null) {
            fail(why);
        } else {
            cut.accept(why);
        }
    }

    /** What the answer took, as far as the provider said by now. */
    public void used(Usage counted) {
        usage = usage.updatedBy(counted);
    }

    /** A piece of the answer is there. */
    public void answering() {
        if (firstToken == null) {
            firstToken = Duration.ofNanos(System.nanoTime() - started);
        }
    }

    /** Why the client gets no answer, or not all of it. */
    public void because(ProviderException why) {
        failure = plan == null ? why : plan.clean(why);
    }

    /** What it fails with now may be in the provider's words: those may repeat what was asked, so they are not logged. */
    public void quotes() {
        quoting = true;
    }

    /** The answer has an end, but not that of the provider's answer. */
    public void brokeOff() {
        brokeOff = true;
    }

    /** Something was thrown that nobody expected. */
    public void broken(Throwable thrown) {
        ProviderException failure = GatewayFailures.of(thrown);
        if (over) {
            return;
        }
        brokeOff = response.headWritten();
        try {
            if (whenGone != null) {
                whenGone.run();
            }
            if (response.headWritten()) {
                cutOff();
            } else {
                tell(GatewayFailures.forClient(clean(failure)));
            }
        } catch (RuntimeException again) {
            GatewayFailures.of(again);
            cutOff();
        }
    }

    /** Whether nobody waits for an answer any more. */
    public boolean isGone() {
        return over;
    }

    /** A way to send the body, once the head is set. */
    public ResponseBodyWriter writer(PausableSource source) {
        writeHead();
        writer = new ResponseBodyWriter(request, context, source);
        return writer;
    }

    /** The response of an answer that goes on for as long as the client stays. */
    public HttpServerResponse open(String contentType) {
        response.setStatusCode(200).setChunked(true).putHeader("content-type", contentType);
        writeHead();
        return response;
    }

    private void writeHead() {
        writeIds();
        String type = String.valueOf(response.headers().get("content-type"));
        if (type.startsWith("text/event-stream")) {
            // What stands between must not hold events back, above all nginx.
            response.putHeader("cache-control", "no-cache, no-transform").putHeader("x-accel-buffering", "no");
        }
    }

    /** An answer of one JSON body. */
    public void json(int status, ObjectNode body) {
        body(status, JSON, Json.bytes(body));
    }

    /** An answer of one body. */
    public void body(int status, String contentType, byte[] body) {
        if (over || response.headWritten() || response.ended()) {
            return;
        }
        writeIds();
        response.headers().remove("content-length").remove("content-encoding");
        response.setChunked(false).setStatusCode(status).putHeader("content-type", contentType);
        response.end(Buffer.buffer(body));
    }

    /** An error, in the words of the client's dialect. */
    public void fail(ProviderException failure) {
        UpstreamError told = GatewayFailures.forClient(clean(failure));
        fail(failure, passed -> tell(told.withMessage(told.message() + passed)));
    }

    /** A failure as a client may hear of it: without the secrets that went into the call, and what a command wrote. */
    public ProviderException clean(ProviderException failure) {
        ProviderException told = CommandFailure.withoutOutput(failure);
        return plan == null ? told : plan.clean(told);
    }

    /** The same for an error that an upstream sent. */
    public void fail(UpstreamError error) {
        UpstreamError told = plan == null ? error : plan.clean(error);
        fail(told, passed -> tell(told.withMessage(told.message() + passed).withHelp()));
    }

    /**
     * The same for one without secrets, of which the client need not know if there is another way.
     *
     * @param told tells it, and goes on with the words that it is given
     */
    public void fail(UpstreamError error, Consumer<String> told) {
        quotes();
        fail(error.toException(), told);
    }

    private void fail(ProviderException failure, Consumer<String> told) {
        Consumer<String> failed = passed -> {
            because(failure);
            passedOver = passed;
            told.accept(passed);
        };
        if (recoverBy == null || plan == null || response.headWritten()) {
            failed.accept("");
        } else {
            recoverBy.take(plan.route(), failure, failed);
        }
    }

    /** In the body stands only an id that the upstream gave (dialects.md, E5). */
    public void tell(UpstreamError error) {
        error.requestId().ifPresent(this::identified);
        error.headers().forEach(response::putHeader);
        Optional<String> events = plan().filter(Plan::streams)
                .flatMap(failed -> dialect.errorStream(error, failed.route().upstreamModel()));
        if (events.isEmpty()) {
            json(dialect.errorStatus(error), dialect.errorBody(error));
        } else if (!over && !response.headWritten()) {
            open("text/event-stream").end(events.get());
        }
    }

    public AccessRecord record() {
        return new AccessRecord(
                requestId,
                request.method().name(),
                String.valueOf(request.path()),
                response.headWritten() ? OptionalInt.of(response.getStatusCode()) : OptionalInt.empty(),
                plan().map(Plan::route).map(Route::provider),
                plan().map(Plan::route).map(Route::upstreamModel),
                plan().map(Plan::mode),
                failedBefore,
                request.bytesRead(),
                writer == null ? response.bytesWritten() : writer.bytesSent(),
                Duration.ofNanos(System.nanoTime() - started),
                response.ended() && !brokeOff,
                brokeOff,
                at,
                Optional.ofNullable(failure).map(ProviderException::kind),
                reason(),
                Optional.ofNullable(failure).map(why -> why.getMessage() + passedOver),
                usage,
                Optional.ofNullable(firstToken),
                TraceContext.id(request.getHeader(TraceContext.PARENT)));
    }

    private Optional<String> reason() {
        String own = failure == null || quoting ? "" : String.valueOf(failure.getMessage());
        return Optional.of((own + passedOver).strip()).filter(words -> !words.isEmpty());
    }

    private void forget(Plan failed) {
        quoting = false;
        List<String> providers = new ArrayList<>(failedBefore);
        providers.add(failed.route().provider());
        failedBefore = List.copyOf(providers);
        usage = Usage.unknown();
        firstToken = null;
        response.headers().clear();
        writeOrigin();
        response.setChunked(false).setStatusCode(200);
        requestId = RequestIds.fresh();
    }

    private void writeOrigin() {
        if (readableBy != null) {
            response.putHeader("access-control-allow-origin", readableBy)
                    .putHeader("access-control-expose-headers", "*")
                    .putHeader("vary", "origin");
        }
    }

    /** Closes the connection now, whatever the client still has to read. May be called on any thread. */
    public void cutOff() {
        AbruptClose.of(request.connection());
    }

    private void writeIds() {
        response.putHeader("request-id", requestId);
        if (!response.headers().contains("x-request-id")) {
            response.putHeader("x-request-id", requestId);
        }
    }

    private void gone() {
        if (!over && whenGone != null) {
            whenGone.run();
        }
        over();
    }

    private void over() {
        if (!over) {
            over = true;
            memory.close();
            ended.accept(this);
        }
    }
}
