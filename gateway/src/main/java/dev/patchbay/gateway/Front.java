package dev.patchbay.gateway;

import dev.patchbay.session.Fallbacks;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Takes every request of one event loop and sees that it is answered. */
final class Front implements Handler<HttpServerRequest> {

    /** A request that is longer is not read on the event loop. */
    private static final int SHORT = 128 * 1024;

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final Planner planner;
    private final UpstreamPool pool;
    private final Executor workers;
    private final Function<Plan.Plugged, ChatClient> plugins;
    private final Meters meters;
    private final ConnectionWatch watch;
    private final Intake intake;
    private final Admission admission;
    private final Paths paths = new Paths();

    /**
     * @param lane on which it works
     * @param workers run what waits
     * @param plugins makes clients of plugins' dialects
     */
    Front(
            Lane lane,
            GatewaySettings settings,
            Planner planner,
            Executor workers,
            Function<Plan.Plugged, ChatClient> plugins,
            Meters meters) {
        this.vertx = lane.vertx();
        this.pool = lane.pool();
        this.watch = lane.watch();
        this.intake = lane.intake();
        this.settings = settings;
        this.planner = planner;
        this.workers = workers;
        this.plugins = plugins;
        this.meters = meters;
        this.admission = new Admission(settings.hosts());
    }

    @Override
    public void handle(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        GatewayAddress address = settings.addresses().apply(path).orElseGet(settings::main);
        String rest = path.startsWith(address.prefix())
                ? path.substring(address.prefix().length())
                : path;
        if (!paths.isKnown(rest)) {
            settings.otherwise().handle(request);
            return;
        }
        ClientDialect dialect = paths.dialect(rest, request.headers());
        Exchange client = new Exchange(request, vertx.getOrCreateContext(), dialect, this::ended);
        meters.begun();
        watch.busy(request.connection());
        try {
            admission.check(request, address.token());
            serve(client, address, rest);
        } catch (ProviderException refused) {
            client.fail(refused);
        }
    }

    private void serve(Exchange client, GatewayAddress address, String rest) {
        HttpMethod wanted = paths.isConversation(rest) ? HttpMethod.POST : HttpMethod.GET;
        if (!client.request().method().equals(wanted)) {
            client.response().putHeader("allow", wanted.name());
            throw ProviderException.builder(Kind.INVALID_REQUEST, rest + " takes " + wanted)
                    .status(405)
                    .build();
        }
        if (paths.isConversation(rest)) {
            intake.request(client, () -> converse(client, address));
        } else if (rest.equals(Paths.METRICS)) {
            client.body(
                    200,
                    "text/plain; version=0.0.4; charset=utf-8",
                    meters.text().getBytes(Paths.UTF_8));
        } else {
            models(client, address, rest);
        }
    }

    private void converse(Exchange client, GatewayAddress address) {
        HttpServerRequest request = client.request();
        BodyReader.read(
                vertx,
                request,
                settings.maxRequestBytes(),
                settings.clientTimeout(),
                body -> plan(
                        client,
                        new Ask(
                                client.dialect(),
                                address.routing(),
                                request.headers(),
                                Optional.ofNullable(request.query()).orElse(""),
                                body)),
                client::fail);
    }

    private void plan(Exchange client, Ask ask) {
        Optional<Plan> plan = Optional.empty();
        try {
            plan = ask.body().length > SHORT ? plan : planner.plan(ask, false);
        } catch (RuntimeException failure) {
            client.fail(Failures.of(failure));
            return;
        }
        if (plan.isPresent()) {
            start(client, ask, plan.get());
            return;
        }
        vertx.executeBlocking(() -> planner.plan(ask, true).orElseThrow(), false)
                .onSuccess(decided -> start(client, ask, decided))
                .onFailure(failure -> client.fail(Failures.of(failure)));
    }

    private void start(Exchange client, Ask ask, Plan plan) {
        if (!plan.route().definition().fallback().isEmpty()) {
            Fallbacks fallbacks = new Fallbacks(settings.registry().get(), plan.route());
            client.detour(new FallbackDetour(
                    vertx, planner, ask, fallbacks, (next, failure) -> fallBack(client, next, failure)));
        }
        run(client, plan);
    }

    private void fallBack(Exchange client, Plan next, ProviderException failure) {
        String failed = client.plan().map(plan -> plan.route().provider()).orElse("none");
        meters.fellBack(failed, next.route().provider(), failure.kind());
        run(client, next);
    }

    private void run(Exchange client, Plan plan) {
        if (client.isGone()) {
            return;
        }
        client.planned(plan);
        if (plan instanceof Plan.OverHttp call) {
            new HttpRun(vertx, pool, settings.pingAfter(), client, call).start();
        } else if (plan instanceof Plan.Plugged plugged) {
            new PluginRun(vertx, settings.pingAfter(), client, plugged, workers, () -> plugins.apply(plugged)).start();
        } else if (plan instanceof Plan.Local local) {
            client.json(200, local.answer());
        }
    }

    private void models(Exchange client, GatewayAddress address, String rest) {
        ModelList list = new ModelList(client.dialect() instanceof MessagesClient);
        String id = paths.modelIn(rest);
        if (id.isEmpty()) {
            client.json(200, list.all(address.routing().models()));
        } else if (address.routing().models().contains(id)) {
            client.json(200, list.one(id));
        } else {
            throw ProviderException.builder(Kind.NOT_FOUND, "there is no model '" + id + "' in the list")
                    .status(404)
                    .build();
        }
    }

    private void ended(Exchange client) {
        watch.idle(client.request().connection());
        AccessRecord record = client.record();
        meters.ended(client.dialect(), record);
        settings.accessLog().accept(record);
    }
}
