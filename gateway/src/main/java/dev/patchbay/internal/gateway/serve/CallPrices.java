package dev.patchbay.internal.gateway.serve;

import dev.patchbay.internal.gateway.accept.Meters;
import dev.patchbay.internal.models.KnownModels;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Model;
import dev.patchbay.spi.Usage;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Counts what calls cost: off the event loop, since catalogues are files, and the calls of a moment together, since to wake another
 * thread costs more than to price a call. Used on one event loop.
 */
final class CallPrices {

    private static final long GATHER_MILLIS = 100;

    private final Vertx vertx;
    private final KnownModels models;
    private final Meters meters;
    private final Executor workers;
    private List<Call> calls = new ArrayList<>();

    CallPrices(Vertx vertx, KnownModels models, Meters meters, Executor workers) {
        this.vertx = vertx;
        this.models = models;
        this.meters = meters;
        this.workers = workers;
    }

    /** A call has ended. */
    void add(Route route, Usage usage) {
        if (usage.inputTokens().isEmpty() || usage.outputTokens().isEmpty()) {
            return;
        }
        calls.add(new Call(route, usage));
        if (calls.size() == 1) {
            vertx.setTimer(GATHER_MILLIS, id -> price());
        }
    }

    private void price() {
        List<Call> ended = calls;
        calls = new ArrayList<>();
        workers.execute(() -> {
            IdentityHashMap<Route, Optional<Model.Price>> prices = new IdentityHashMap<>();
            for (Call call : ended) {
                prices.computeIfAbsent(call.route, models::price)
                        .flatMap(price -> price.cost(call.usage))
                        .ifPresent(usd -> meters.paid(call.route.provider(), usd));
            }
        });
    }

    private record Call(Route route, Usage usage) {}
}
