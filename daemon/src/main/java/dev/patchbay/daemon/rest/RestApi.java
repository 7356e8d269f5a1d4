package dev.patchbay.daemon.rest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonSyntaxException;
import dev.patchbay.daemon.event.EventFilter;
import dev.patchbay.daemon.event.EventHub;
import dev.patchbay.daemon.event.Subscription;
import dev.patchbay.daemon.problem.Errors;
import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.daemon.service.StopRequest;
import dev.patchbay.gateway.ServiceRequest;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The REST API: finds the operation, asks for the token, reads the body, and answers in one shape whatever comes. */
@Singleton
public final class RestApi {

    /** Before every path of it. */
    public static final String BASE = "/api/v1";

    private static final String HEALTH = "/health";
    private static final String EVENTS = "/stream/events";
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT);

    private static final String CONTRACT = contract();

    private final ApiRoutes routes = new ApiRoutes();
    private final EventHub events;
    private final OneTime oneTime;
    private final RequestContract requests;
    private final Workers workers;
    private final Clock clock;

    @Inject
    RestApi(
            HealthOperation health,
            ProviderOperations providers,
            OneTime oneTime,
            RequestContract requests,
            SessionOperations sessions,
            StopRequest stop,
            EventHub events,
            Workers workers,
            Clock clock) {
        this.events = events;
        this.oneTime = oneTime;
        this.requests = requests;
        this.workers = workers;
        this.clock = clock;
        routes.add(HttpMethod.GET, HEALTH, call -> health.report());
        routes.add(HttpMethod.GET, EVENTS, call -> {
            throw new IllegalStateException("events are no single answer");
        });
        routes.add(HttpMethod.POST, "/shutdown", call -> {
            stop.ask();
            return Reply.data(200, Json.object().put("stopping", true));
        });
        sessions.addTo(routes);
        providers.addTo(routes);
        routes.add(HttpMethod.GET, "/openapi.yaml", call -> Reply.text("application/yaml; charset=utf-8", CONTRACT));
    }

    /** Whether a path is one of the API. */
    public static boolean isApi(String path) {
        return path.equals(BASE) || path.startsWith(BASE + "/");
    }

    /** Answers a request, now or later. */
    public void serve(ServiceRequest request) {
        try {
            begin(request);
        } catch (Problem problem) {
            if (problem.status() == 405) {
                request.http().response().putHeader("allow", String.join(", ", routes.methods(path(request.http()))));
            }
            Reply.problem(problem).to(request);
        }
    }

    /** Behind the base. */
    private static String path(HttpServerRequest http) {
        String path = String.valueOf(http.path()).substring(BASE.length());
        return path.isEmpty() ? "/" : path;
    }

    private void begin(ServiceRequest request) {
        HttpServerRequest http = request.http();
        String path = path(http);
        boolean open = path.equals(HEALTH);
        if (!open) {
            requireToken(request);
        }
        HttpMethod method = http.method().equals(HttpMethod.HEAD) && open ? HttpMethod.GET : http.method();
        ApiRoutes.Match match = routes.find(method, path);
        if (path.equals(EVENTS)) {
            listen(request);
            return;
        }
        MultiMap query = query(http);
        requireJson(http);
        request.body(bytes -> run(request, match, query, bytes));
    }

    private static void requireToken(ServiceRequest request) {
        try {
            request.requireToken();
        } catch (ProviderException refused) {
            throw Problem.of(refused.status().orElse(401), Errors.ofTheDaemon(String.valueOf(refused.getMessage())));
        }
    }

    private static MultiMap query(HttpServerRequest http) {
        try {
            return http.params();
        } catch (IllegalArgumentException notEncoded) {
            throw Problem.of(400, "the query is not percent-encoded as it should be");
        }
    }

    /** A page elsewhere can send texts and forms without asking first, but no JSON. */
    private static void requireJson(HttpServerRequest http) {
        String type = http.getHeader("content-type");
        if (type != null
                && WITH_BODY.contains(http.method())
                && !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).endsWith("json")) {
            throw Problem.of(415, "send the request as content-type: application/json");
        }
        String encoding = http.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.of(415, "the body must not be compressed");
        }
    }

    private void run(ServiceRequest request, ApiRoutes.Match match, MultiMap query, byte[] bytes) {
        workers.run(request, () -> {
            Reply reply = reply(request.http(), match, query, bytes);
            request.dispatch(() -> reply.to(request));
        });
    }

    private Reply reply(HttpServerRequest http, ApiRoutes.Match match, MultiMap query, byte[] bytes) {
        try {
            String key = http.getHeader(OneTime.HEADER);
            if (key == null || !http.method().equals(HttpMethod.POST)) {
                return done(http, match, query, bytes);
            }
            return oneTime.run(key, http.method() + " " + http.path(), bytes, () -> done(http, match, query, bytes));
        } catch (RuntimeException failure) {
            return Reply.problem(Problem.of(failure));
        }
    }

    private Reply done(HttpServerRequest http, ApiRoutes.Match match, MultiMap query, byte[] bytes) {
        try {
            ObjectNode body = body(bytes);
            return match.route()
                    .operation()
                    .run(new Call(match.names(), query, http.headers(), body, requests.problems(match.route(), body)));
        } catch (RuntimeException | StackOverflowError failure) {
            return Reply.problem(Problem.of(failure));
        }
    }

    private static String contract() {
        try (InputStream text = RestApi.class.getResourceAsStream("/dev/patchbay/daemon/openapi.yaml")) {
            return new String(requireNonNull(text, "there is no contract").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ObjectNode body(byte[] bytes) {
        JsonNode body;
        try {
            body = Json.parse(bytes);
        } catch (JsonSyntaxException notJson) {
            throw Problem.of(400, "the body is " + notJson.getMessage());
        }
        if (body.isMissingNode()) {
            return Json.object();
        }
        if (body instanceof ObjectNode object) {
            return Names.normal(object);
        }
        throw Problem.of(400, "the body is no JSON object");
    }

    private void listen(ServiceRequest request) {
        HttpServerRequest http = request.http();
        MultiMap query = query(http);
        Set<String> types = Call.all(query, "event_types");
        types.stream()
                .filter(type -> !EventFilter.TYPES.contains(type))
                .findFirst()
                .ifPresent(unknown -> {
                    throw Problem.of(400, "there is no event type '" + unknown + "'");
                });
        EventFilter filter = new EventFilter(types, Call.all(query, "session_id"), Call.all(query, "run_id"), false);
        Optional<String> last = Optional.ofNullable(http.getHeader("last-event-id"))
                .or(() ->
                        new Call(Map.of(), query, http.headers(), Json.object(), Map.of()).parameter("last_event_id"));
        // With another token, all end at once.
        Subscription.open(
                events,
                request,
                filter,
                last,
                workers,
                clock,
                () -> true,
                failure -> Reply.problem(Problem.of(failure)).to(request));
    }
}
