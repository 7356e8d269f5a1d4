package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.http.OutgoingCalls;
import dev.patchbay.http.ReadyCall;
import dev.patchbay.json.Json;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Value;
import dev.patchbay.route.BuiltInDialect;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import java.util.Map;
import java.util.Optional;

/** Decides what is done with a request, and prepares it. Stateless, no I/O but the look-up of keys. */
final class Planner {

    private static final WireDialect CHAT = new ChatDialect();
    private static final WireDialect MESSAGES = new MessagesDialect();

    private final OutgoingCalls calls;

    Planner(OutgoingCalls calls) {
        this.calls = calls;
    }

    /**
     * The plan for a request.
     *
     * @param mayWait whether this thread may wait for a key
     * @return empty if it would have to wait and may not
     * @throws ProviderException if the request cannot be understood or a key is not there
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot be routed
     */
    Optional<Plan> plan(Ask ask, boolean mayWait) {
        RequestScan scan = RequestScan.of(ask.body());
        return plan(ask, scan, ask.routing().route(scan.model()), mayWait);
    }

    /** The plan for a request that goes to a certain route; may wait for a key. Throws as the other does. */
    Plan plan(Ask ask, Route route) {
        return plan(ask, RequestScan.of(ask.body()), route, true).orElseThrow();
    }

    private Optional<Plan> plan(Ask ask, RequestScan scan, Route route, boolean mayWait) {
        Optional<Target> same = ask.dialect().operation().flatMap(route::target);
        if (same.isPresent()) {
            boolean waits = OutgoingCalls.mayWait(route, same.get());
            return waits && !mayWait ? Optional.empty() : Optional.of(relayed(ask, scan, route, same.get(), waits));
        }
        if (ask.dialect() instanceof CountingClient) {
            return Optional.of(new Plan.Local(route, CountingClient.count(ask.body())));
        }
        return translated(ask, route, mayWait);
    }

    private Plan relayed(Ask ask, RequestScan scan, Route route, Target target, boolean waits) {
        Operation operation = ask.dialect().operation().orElseThrow();
        byte[] body = Passthrough.body(ask, scan, route);
        HttpCall call = HttpCall.post(Passthrough.url(ask, target.url()), body);
        Map<String, String> passed = Passthrough.headers(ask, route);
        call = withHeaders(call, route, operation, scan.isStream(), passed);
        Target called = new Target(call.uri(), target.origin(), target.auth(), target.atBase());
        return new Plan.Relayed(route, target, completed(route, called, call, waits), scan.isStream());
    }

    private Optional<Plan> translated(Ask ask, Route route, boolean mayWait) {
        Optional<BuiltInDialect> builtIn = BuiltInDialect.of(route.dialect());
        Optional<Target> target = builtIn.map(BuiltInDialect::operation).flatMap(route::target);
        if (builtIn.isPresent() && target.isEmpty()) {
            throw notOffered(route, builtIn.get().operation());
        }
        boolean waits = target.isPresent() && OutgoingCalls.mayWait(route, target.get());
        if (waits && !mayWait) {
            return Optional.empty();
        }
        ClientRequest client = ask.dialect().read(Bodies.request(ask.body()));
        ChatRequest request =
                client.request().toBuilder().model(route.upstreamModel()).build();
        if (target.isEmpty()) {
            return Optional.of(new Plan.Plugged(route, client, request));
        }
        WireDialect wire = builtIn.orElseThrow() == BuiltInDialect.OPENAI_CHAT ? CHAT : MESSAGES;
        Quirks quirks = route.quirks();
        ObjectNode body = wire.encode(request, quirks);
        route.applyBodyRules(body);
        HttpCall call = HttpCall.post(target.get().url(), Json.bytes(body));
        call = withHeaders(call, route, builtIn.get().operation(), request.stream(), Map.of());
        ReadyCall ready = completed(route, target.get(), call, waits);
        return Optional.of(new Plan.Translated(route, target.get(), ready, client, wire, request, quirks));
    }

    /** What has to be waited for may be had anew. */
    private ReadyCall completed(Route route, Target target, HttpCall call, boolean waits) {
        return waits ? calls.renewable(route, target, call) : calls.complete(route, target, call);
    }

    /** The file's headers are laid over these when the call is completed. */
    private static HttpCall withHeaders(
            HttpCall bare, Route route, Operation operation, boolean stream, Map<String, String> passed) {
        HttpCall call = bare;
        for (Map.Entry<String, Value> header : route.headers(operation, stream).entrySet()) {
            if (header.getValue() instanceof Value.Plain plain && !passed.containsKey(header.getKey())) {
                call = call.header(header.getKey(), plain.text());
            }
        }
        for (Map.Entry<String, String> header : passed.entrySet()) {
            call = call.header(header.getKey(), header.getValue());
        }
        return call;
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
