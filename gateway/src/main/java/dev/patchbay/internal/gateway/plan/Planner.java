package dev.patchbay.internal.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.gateway.client.ClientRequest;
import dev.patchbay.internal.gateway.client.CountingClient;
import dev.patchbay.internal.gateway.client.EmbeddingsClient;
import dev.patchbay.internal.gateway.client.KeptItems;
import dev.patchbay.internal.gateway.client.KeptProofs;
import dev.patchbay.internal.gateway.client.ProvedRequest;
import dev.patchbay.internal.http.PreparedCall;
import dev.patchbay.internal.http.RequestPreparation;
import dev.patchbay.internal.plugin.CarriedRequest;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;

/**
 * Decides what is done with a request, and prepares it; no I/O but the look-up of keys. One for all event loops of a gateway, since
 * what it keeps for a client is asked for over any connection. Safe for use by several threads.
 */
public final class Planner {

    private final RequestPreparation calls;
    private final KeptItems kept = new KeptItems(System::nanoTime);

    public Planner(RequestPreparation calls) {
        this.calls = calls;
    }

    /**
     * The plan for a request.
     *
     * @param mayWait whether this thread may wait for a key or a list of models
     * @return empty if it would have to wait and may not
     * @throws ProviderException if the request cannot be understood or a key is not there
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot be routed
     */
    public Optional<Plan> plan(ReceivedRequest received, boolean mayWait) {
        RequestScan scan = RequestScan.of(received.body());
        return received.routing()
                .route(received.registry(), scan.model(), mayWait)
                .flatMap(route -> plan(received, scan, route, mayWait));
    }

    /** The plan for a request that goes to a certain route; may wait for a key. Throws as the other does. */
    public Plan plan(ReceivedRequest received, Route route) {
        return plan(received, RequestScan.of(received.body()), route, true).orElseThrow();
    }

    private Optional<Plan> plan(ReceivedRequest received, RequestScan scan, Route route, boolean mayWait) {
        Optional<OperationTarget> same =
                received.dialect().operation().flatMap(operation -> route.target(operation, scan.isStream()));
        if (same.isPresent()) {
            boolean waits = RequestPreparation.mayWait(route, same.get());
            return waits && !mayWait
                    ? Optional.empty()
                    : Optional.of(relayed(received, scan, route, same.get(), waits));
        }
        if (received.dialect() instanceof CountingClient) {
            return Optional.of(new Plan.Local(route, CountingClient.count(received.body())));
        }
        if (received.dialect() instanceof EmbeddingsClient) {
            throw notOffered(route, Operation.EMBEDDINGS);
        }
        return translated(received, scan, route, mayWait);
    }

    private Plan relayed(
            ReceivedRequest received, RequestScan scan, Route route, OperationTarget target, boolean waits) {
        Operation operation = received.dialect().operation().orElseThrow();
        DroppedMembers dropped = new DroppedMembers(route.provider());
        byte[] body = Passthrough.body(received, scan, route, dropped);
        HttpCall call = HttpCall.post(Passthrough.url(received, target.url()), body);
        call = RequestPreparation.begin(call, route, operation, scan.isStream(), Passthrough.headers(received, route));
        OperationTarget called = new OperationTarget(call.uri(), target.origin(), target.auth(), target.atBase());
        return new Plan.Relayed(
                route,
                target,
                completed(route, called, call, waits),
                scan.isStream(),
                scan.choices(),
                Optional.of(dropped));
    }

    private Optional<Plan> translated(ReceivedRequest received, RequestScan scan, Route route, boolean mayWait) {
        Optional<WireDialect> wire = route.wire();
        Optional<Operation> operation = route.operation();
        Optional<OperationTarget> target = operation.flatMap(spoken -> route.target(spoken, scan.isStream()));
        if (operation.isPresent() && target.isEmpty()) {
            throw notOffered(route, operation.get());
        }
        boolean waits = target.isPresent() && RequestPreparation.mayWait(route, target.get());
        if (waits && !mayWait) {
            return Optional.empty();
        }
        DroppedMembers dropped = new DroppedMembers(route.provider());
        KeptItems.Of ofHolder = kept.of(received.credential());
        ClientRequest client = new ProvedRequest(
                received.dialect().read(Bodies.request(received.body()), dropped, ofHolder),
                new KeptProofs(ofHolder, route.provider()));
        ChatRequest request =
                client.request().toBuilder().model(route.upstreamModel()).build();
        if (wire.isEmpty() || operation.isEmpty() || target.isEmpty()) {
            ChatRequest carried = received.registry()
                    .dialect(route.dialect())
                    .map(dialect -> CarriedRequest.of(request, dialect, dropped::add))
                    .orElse(request);
            return Optional.of(new Plan.Plugged(route, client, carried, Optional.of(dropped)));
        }
        Quirks quirks = route.quirks();
        ObjectNode body = wire.get().encode(request, quirks, dropped);
        route.applyBodyRules(body);
        HttpCall call = RequestPreparation.begin(
                HttpCall.post(target.get().url(), Json.bytes(body)),
                route,
                operation.get(),
                request.stream(),
                Passthrough.trace(received, route));
        PreparedCall ready = completed(route, target.get(), call, waits);
        return Optional.of(new Plan.Translated(
                route, target.get(), ready, client, wire.get(), request, quirks, Optional.of(dropped)));
    }

    /** What has to be waited for may be had anew. */
    private PreparedCall completed(Route route, OperationTarget target, HttpCall call, boolean waits) {
        return waits ? calls.renewable(route, target, call) : calls.complete(route, target, call);
    }

    private static ProviderException notOffered(Route route, Operation operation) {
        return ProviderException.builder(
                        ProviderException.Kind.NOT_FOUND,
                        "provider '" + route.provider() + "' does not offer " + operation.key())
                .help("check endpoints in the provider's file")
                .build();
    }

    /** Whether body rules of the provider or its model change anything. */
    static boolean hasBodyRules(Route route) {
        return !route.definition().body().isEmpty()
                || route.model()
                        .map(Model::body)
                        .filter(rules -> !rules.isEmpty())
                        .isPresent();
    }
}
