package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.json.Json;
import dev.patchbay.route.Route;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of a client and its answer. Used on one event loop. */
final class Exchange {

    private static final String JSON = "application/json";

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final ClientDialect dialect;
    private final Consumer<Exchange> ended;
    private final long started = System.nanoTime();
    private String requestId = RequestIds.fresh();
    private @Nullable Plan plan;
    private List<String> failedBefore = List.of();
    private @Nullable Detour detour;
    private @Nullable Runnable whenGone;
    private @Nullable Outbox outbox;
    private boolean over;

    /**
     * @param dialect in which errors are told
     * @param ended told once, when the answer is complete or the client has left
     */
    Exchange(HttpServerRequest request, Context context, ClientDialect dialect, Consumer<Exchange> ended) {
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.dialect = dialect;
        this.ended = ended;
        response.exceptionHandler(ignored -> gone());
        response.closeHandler(ignored -> gone());
        response.endHandler(ignored -> over());
    }

    ClientDialect dialect() {
        return dialect;
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return response;
    }

    Optional<Plan> plan() {
        return Optional.ofNullable(plan);
    }

    /** Where the request goes; every answer says so. What another plan before it left of an answer is forgotten. */
    void planned(Plan decided) {
        if (plan != null) {
            forget(plan);
        }
        plan = decided;
        Route route = decided.route();
        response.putHeader("x-patchbay-provider", HeaderText.escape(route.provider()));
        response.putHeader("x-patchbay-model", HeaderText.escape(route.upstreamModel()));
    }

    /** What is tried before the client is told of a failure, as long as it got nothing of an answer. */
    void detour(Detour other) {
        detour = other;
    }

    /** Whether a failure may be answered by another provider, so that nothing should be sent before it has to be. */
    boolean hasDetour() {
        return detour != null;
    }

    /** The upstream's own id of the request takes the place of ours. */
    void identified(String id) {
        requestId = HeaderText.escape(id);
    }

    /** What to end when the client leaves; at once if it has left. */
    void whenGone(Runnable cancel) {
        whenGone = cancel;
        if (isGone()) {
            cancel.run();
        }
    }

    /** Whether nobody waits for an answer any more. */
    boolean isGone() {
        return over;
    }

    /** A way to send the body, once the head is set. */
    Outbox outbox(Flow source) {
        writeIds();
        outbox = new Outbox(request, context, source);
        return outbox;
    }

    /** An answer of one JSON body. */
    void json(int status, ObjectNode body) {
        body(status, JSON, Json.bytes(body));
    }

    /** An answer of one body. */
    void body(int status, String contentType, byte[] body) {
        if (over || response.headWritten() || response.ended()) {
            return;
        }
        writeIds();
        response.headers().remove("content-length").remove("content-encoding");
        response.setChunked(false).setStatusCode(status).putHeader("content-type", contentType);
        response.end(Buffer.buffer(body));
    }

    /** An error, in the words of the client's dialect. */
    void fail(ProviderException failure) {
        ProviderException told = clean(failure);
        fail(told, () -> tell(Failures.forClient(told)));
    }

    /** A failure without the secrets that went into the call. */
    ProviderException clean(ProviderException failure) {
        return plan == null ? failure : plan.clean(failure);
    }

    /** The same for an error that an upstream sent. */
    void fail(UpstreamError error) {
        UpstreamError told = plan == null ? error : plan.clean(error);
        fail(told.toException(), () -> tell(told));
    }

    /**
     * A failure of which the client need not know if there is another way.
     *
     * @param told tells it
     */
    void fail(ProviderException failure, Runnable told) {
        if (detour == null || plan == null || response.headWritten()) {
            told.run();
        } else {
            detour.take(plan.route(), failure, told);
        }
    }

    /** In the body stands only an id that the upstream gave (dialects.md, E5). */
    void tell(UpstreamError error) {
        error.requestId().ifPresent(this::identified);
        error.headers().forEach(response::putHeader);
        json(dialect.errorStatus(error), dialect.errorBody(error));
    }

    AccessRecord record() {
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
                outbox == null ? response.bytesWritten() : outbox.bytesSent(),
                Duration.ofNanos(System.nanoTime() - started),
                response.ended());
    }

    private void forget(Plan failed) {
        List<String> providers = new ArrayList<>(failedBefore);
        providers.add(failed.route().provider());
        failedBefore = List.copyOf(providers);
        response.headers().clear();
        response.setChunked(false).setStatusCode(200);
        requestId = RequestIds.fresh();
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
            ended.accept(this);
        }
    }
}
