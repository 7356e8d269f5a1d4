package dev.patchbay.internal.gateway.serve;

import dev.patchbay.codec.json.Json;
import dev.patchbay.diagnostic.LiteralKeys;
import dev.patchbay.gateway.AccessRecord;
import dev.patchbay.gateway.GatewayAddress;
import dev.patchbay.gateway.HttpService;
import dev.patchbay.gateway.ModelRouting;
import dev.patchbay.gateway.ServiceRequest;
import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.JsonWeight;
import dev.patchbay.internal.gateway.accept.AccessControl;
import dev.patchbay.internal.gateway.accept.BodyReader;
import dev.patchbay.internal.gateway.accept.CompressedBody;
import dev.patchbay.internal.gateway.accept.ConnectionWatch;
import dev.patchbay.internal.gateway.accept.GatewayPaths;
import dev.patchbay.internal.gateway.accept.GatewaySettings;
import dev.patchbay.internal.gateway.accept.LoadThrottle;
import dev.patchbay.internal.gateway.accept.Meters;
import dev.patchbay.internal.gateway.accept.Preflight;
import dev.patchbay.internal.gateway.accept.RequestGuard;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import dev.patchbay.internal.gateway.answer.ModelListAnswer;
import dev.patchbay.internal.gateway.client.ClientDialect;
import dev.patchbay.internal.gateway.client.EmbeddingsClient;
import dev.patchbay.internal.gateway.client.MessagesClient;
import dev.patchbay.internal.gateway.client.ServiceErrors;
import dev.patchbay.internal.gateway.plan.FallbackRecovery;
import dev.patchbay.internal.gateway.plan.Plan;
import dev.patchbay.internal.gateway.plan.Planner;
import dev.patchbay.internal.gateway.plan.ReceivedRequest;
import dev.patchbay.internal.gateway.upstream.UpstreamPool;
import dev.patchbay.internal.runtime.ProviderRuntime;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.session.Fallbacks;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Takes every request of one event loop and sees that it is answered. */
public final class RequestHandler implements Handler<HttpServerRequest> {

    /** A request that is longer is not read on the event loop. */
    private static final int SHORT = 128 * 1024;

    private static final String VERSION = Optional.ofNullable(
                    RequestHandler.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final Vertx vertx;
    private final ProviderRuntime runtime;
    private final GatewaySettings settings;
    private final Planner planner;
    private final UpstreamPool pool;
    private final Executor workers;
    private final Meters meters;
    private final BufferBudget budget;
    private final ConnectionWatch watch;
    private final LoadThrottle throttle;
    private final AccessControl access;
    private final CallPrices prices;
    private final GatewayPaths paths = new GatewayPaths();
    private final Set<ClientExchange> running = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param server on which it works
     * @param planner of the whole gateway: what it keeps for a client must be found from every connection
     * @param workers run what waits
     * @param budget for what all requests and answers hold
     */
    public RequestHandler(
            EventLoopServer server,
            ProviderRuntime runtime,
            Planner planner,
            GatewaySettings settings,
            Executor workers,
            Meters meters,
            BufferBudget budget) {
        this.vertx = server.vertx();
        this.pool = server.pool();
        this.watch = server.watch();
        this.throttle = server.throttle();
        this.runtime = runtime;
        this.settings = settings;
        this.planner = planner;
        this.workers = workers;
        this.meters = meters;
        this.budget = budget;
        this.prices = new CallPrices(vertx, runtime.models(), meters, workers);
        this.access = new AccessControl(settings.hosts(), settings.origins());
    }

    @Override
    public void handle(HttpServerRequest request) {
        ClientExchange client = begin(request);
        client.dispatch(() -> accept(client));
    }

    /** A head that cannot be read, or is too long. */
    void invalid(HttpServerRequest request) {
        ClientExchange client = begin(request);
        client.response().putHeader("connection", "close");
        client.dispatch(() -> client.fail(refusal(request.decoderResult().cause())));
    }

    /** Ends all that runs; each client is told in its dialect. */
    void cutAll(ProviderException why) {
        for (ClientExchange client : new ArrayList<>(running)) {
            client.dispatch(() -> client.cut(why));
        }
    }

    private ClientExchange begin(HttpServerRequest request) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        ClientExchange client = new ClientExchange(
                request, context, dialect(String.valueOf(request.path())), budget.open(), this::ended);
        RequestGuard.guard(context, client);
        running.add(client);
        meters.begun();
        return client;
    }

    /** In which errors are told before anything is known but the path. */
    private ClientDialect dialect(String path) {
        return settings.service()
                .filter(beside -> !paths.endsAsConversation(path))
                .<ClientDialect>map(ServiceErrors::new)
                .orElseGet(() -> paths.dialect(path));
    }

    private void accept(ClientExchange client) {
        HttpServerRequest request = client.request();
        String path = String.valueOf(request.path());
        GatewayAddress address = settings.addresses().apply(path).orElseGet(settings::main);
        String rest = path.startsWith(address.prefix())
                ? path.substring(address.prefix().length())
                : path;
        if (!paths.isKnown(rest)) {
            settings.service()
                    .ifPresentOrElse(
                            beside -> host(client, beside),
                            () -> settings.otherwise().handle(request));
            return;
        }
        client.dialect(paths.dialect(rest, request.headers()));
        try {
            Optional<String> origin = access.origin(request);
            origin.ifPresent(client::readableBy);
            if (Preflight.isOne(request)) {
                Preflight.answer(client, paths.method(rest));
                return;
            }
            if (!rest.equals(GatewayPaths.HEALTH)) {
                access.token(request, address.token());
            }
            serve(client, address, rest);
        } catch (ProviderException refused) {
            client.fail(refused);
        }
    }

    /** What is not the gateway's is let in by the same doors. */
    private void host(ClientExchange client, HttpService beside) {
        HttpServerRequest request = client.request();
        client.dialect(new ServiceErrors(beside));
        ServiceRequest asked = new ServiceExchange(
                vertx, client, watch, access, settings.main().token(), settings.limits());
        try {
            access.origin(request).ifPresent(client::readableBy);
            if (Preflight.isOne(request)) {
                Preflight.answer(client, Preflight.askedMethod(request));
                return;
            }
            throttle.request(client, watch.of(request.connection()), () -> serve(client, beside, asked));
        } catch (ProviderException refused) {
            client.fail(refused);
        }
    }

    private static void serve(ClientExchange client, HttpService beside, ServiceRequest asked) {
        try {
            beside.serve(asked);
        } catch (RuntimeException failure) {
            client.fail(GatewayFailures.of(failure));
        }
    }

    private void serve(ClientExchange client, GatewayAddress address, String rest) {
        requireMethod(client, rest);
        if (paths.isConversation(rest)) {
            throttle.request(client, watch.of(client.request().connection()), () -> converse(client, address));
        } else if (rest.equals(GatewayPaths.HEALTH)) {
            client.json(200, Json.object().put("status", "ok").put("version", VERSION));
        } else if (rest.equals(GatewayPaths.METRICS)) {
            client.body(
                    200,
                    "text/plain; version=0.0.4; charset=utf-8",
                    meters.text().getBytes(GatewayPaths.UTF_8));
        } else {
            models(client, address, rest);
        }
    }

    private void requireMethod(ClientExchange client, String rest) {
        HttpMethod method = client.request().method();
        HttpMethod wanted = paths.method(rest);
        boolean headOfHealth = rest.equals(GatewayPaths.HEALTH) && method.equals(HttpMethod.HEAD);
        if (method.equals(wanted) || headOfHealth) {
            return;
        }
        if (client.request().headers().contains("upgrade", "websocket", true)) {
            // Clients that try this first go on without it (RFC 9110, section 15.5.22).
            client.response().putHeader("upgrade", "HTTP/1.1").putHeader("connection", "upgrade");
            throw refused(426, "the gateway speaks HTTP/1.1 here and has no web sockets");
        }
        client.response().putHeader("allow", wanted.name());
        throw refused(405, rest + " takes " + wanted);
    }

    private static ProviderException refused(int status, String message) {
        return ProviderException.builder(Kind.INVALID_REQUEST, message)
                .status(status)
                .build();
    }

    private static ProviderException refusal(Throwable cause) {
        if (cause instanceof ProviderException known) {
            return known;
        }
        if (cause instanceof TooLongHttpLineException) {
            return refused(414, "the target of the request is too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return refused(431, "the head of the request is too long, or has too many lines");
        }
        return refused(400, "the head of the request is not as HTTP has it");
    }

    private void converse(ClientExchange client, GatewayAddress address) {
        HttpServerRequest request = client.request();
        BodyReader.read(
                vertx,
                request,
                watch.of(request.connection()),
                client.memory(),
                settings.limits(),
                body -> received(client, address, body),
                client::fail);
    }

    private void received(ClientExchange client, GatewayAddress address, byte[] body) {
        String encoding = String.join(",", client.request().headers().getAll("content-encoding"));
        if (!CompressedBody.isOne(encoding)) {
            plan(client, asked(client, address, body));
            return;
        }
        int most = settings.limits().bodyBytes();
        vertx.executeBlocking(() -> CompressedBody.unpack(encoding, body, most, client.memory()), false)
                .onSuccess(unpacked -> plan(client, asked(client, address, unpacked)))
                .onFailure(failure -> client.fail(GatewayFailures.of(failure)));
    }

    private ReceivedRequest asked(ClientExchange client, GatewayAddress address, byte[] body) {
        HttpServerRequest request = client.request();
        return new ReceivedRequest(
                client.dialect(),
                runtime.registry(),
                address.routing(),
                request.headers(),
                Optional.ofNullable(request.query()).orElse(""),
                body);
    }

    private void plan(ClientExchange client, ReceivedRequest asked) {
        if (asked.body().length <= SHORT) {
            Optional<Plan> plan = planner.plan(asked, false);
            if (plan.isPresent()) {
                start(client, asked, plan.get());
                return;
            }
        }
        BufferBudget.Reservation memory = client.memory().retain();
        vertx.executeBlocking(() -> planWaiting(asked, memory), false)
                .onSuccess(decided -> start(client, asked, decided))
                .onFailure(failure -> client.fail(GatewayFailures.of(failure)));
    }

    /** On a worker, which may outlive the request: its client may leave meanwhile. */
    private Plan planWaiting(ReceivedRequest asked, BufferBudget.Reservation memory) {
        try {
            long weight = asked.body().length <= SHORT ? 0 : JsonWeight.of(asked.body());
            memory.take(weight);
            Plan plan = planner.plan(asked, true).orElseThrow();
            // What is sent on is a text again.
            memory.give(Math.max(0, weight - asked.body().length));
            return plan;
        } finally {
            memory.close();
        }
    }

    private void start(ClientExchange client, ReceivedRequest asked, Plan plan) {
        if (client.dialect() instanceof EmbeddingsClient) {
            // No fallback: vectors of another model cannot be compared with those that the client has.
            client.recoverBy(new SmallerBatches(runtime, workers, client, asked.body()));
        } else if (!plan.route().definition().fallback().isEmpty()) {
            Fallbacks fallbacks = new Fallbacks(asked.registry(), plan.route());
            client.recoverBy(new FallbackRecovery(
                    vertx, planner, asked, fallbacks, (next, failure) -> fallBack(client, asked, next, failure)));
        }
        define(asked, plan);
        run(client, plan);
    }

    private void fallBack(ClientExchange client, ReceivedRequest asked, Plan next, ProviderException failure) {
        String failed = client.plan().map(plan -> plan.route().provider()).orElse("none");
        define(asked, next);
        meters.fellBack(failed, next.route().provider(), failure.kind());
        run(client, next);
    }

    private void define(ReceivedRequest asked, Plan plan) {
        String provider = plan.route().provider();
        if (asked.registry().find(provider).isPresent()) {
            meters.define(provider);
        }
    }

    private void run(ClientExchange client, Plan plan) {
        if (client.isGone()) {
            return;
        }
        client.planned(plan);
        if (plan instanceof Plan.OverHttp call) {
            new HttpRun(vertx, pool, settings, client, call).start();
        } else if (plan instanceof Plan.Plugged plugged) {
            new PluginRun(vertx, settings.pingAfter(), client, plugged, workers, () -> connect(plugged)).start();
        } else if (plan instanceof Plan.Local local) {
            client.json(200, local.answer());
        }
    }

    private ChatClient connect(Plan.Plugged plan) {
        return runtime.clients().connect(plan.route(), (attempt, wait, why) -> {});
    }

    private void models(ClientExchange client, GatewayAddress address, String rest) {
        ModelListAnswer answer = new ModelListAnswer(client.dialect() instanceof MessagesClient);
        RegistrySnapshot registry = runtime.registry();
        ModelRouting routing = address.routing();
        String id = paths.modelIn(rest);
        if (!LiteralKeys.maskIn(id).equals(id)) {
            // Whoever put a key there by mistake shall not find it in answers, which are logged.
            throw refused(404, "no model has a name that looks like a key");
        }
        // Off the event loop, since providers may have to be asked which models they have.
        vertx.executeBlocking(
                        () -> id.isEmpty()
                                ? answer.all(routing.models(registry))
                                : answer.one(routing.model(registry, id)),
                        false)
                .onSuccess(body -> client.json(200, body))
                .onFailure(failure -> client.fail(GatewayFailures.of(failure)));
    }

    private void ended(ClientExchange client) {
        running.remove(client);
        AccessRecord record = client.record();
        meters.ended(client.dialect(), record);
        client.plan().map(Plan::route).ifPresent(route -> prices.add(route, record.usage()));
        settings.accessLog().accept(record);
    }
}
