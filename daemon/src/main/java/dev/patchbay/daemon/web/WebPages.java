package dev.patchbay.daemon.web;

import static java.util.Objects.requireNonNull;

import dev.patchbay.Patchbay;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.event.EventFilter;
import dev.patchbay.daemon.event.EventHub;
import dev.patchbay.daemon.event.Subscription;
import dev.patchbay.daemon.problem.Errors;
import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.daemon.rest.PathSegments;
import dev.patchbay.daemon.rest.Workers;
import dev.patchbay.daemon.service.ProviderService;
import dev.patchbay.daemon.service.SessionService;
import dev.patchbay.gateway.ServiceRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.store.SqliteSessionStore;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is neither API nor gateway: finds out who asks, which page answers, and what stands around it. A page is made on
 * the server and needs no script; nothing in it comes from elsewhere, and a browser is told to hold it to that.
 */
@Singleton
public final class WebPages {

    private static final String LOGIN = "/login";

    /** Relative to an address that a browser has shown to nobody: what is asked for by a form has an origin. */
    private static final Map<String, String> HEADERS = Map.of(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "x-content-type-options",
            "nosniff",
            "x-frame-options",
            "DENY",
            "referrer-policy",
            "same-origin",
            "cross-origin-opener-policy",
            "same-origin",
            "cross-origin-resource-policy",
            "same-origin",
            "cache-control",
            "no-store");

    private final EventHub events;
    private final Workers workers;
    private final Clock clock;
    private final Assets assets = new Assets();
    private final Templates templates = new Templates();
    private final PageFrames frames;
    private final SessionPages sessionPages;
    private final LaunchPages launchPages;
    private final ProviderPages providerPages;
    private final UsagePages usagePages;
    private @Nullable Logins logins;
    private @Nullable Supplier<Secret> token;

    @Inject
    WebPages(
            SessionService sessions,
            ProviderService providers,
            SqliteSessionStore store,
            Patchbay patchbay,
            EventHub events,
            Workers workers,
            Clock clock) {
        this.events = events;
        this.workers = workers;
        this.clock = clock;
        this.frames = new PageFrames(assets, store::damage);
        this.sessionPages = new SessionPages(sessions, patchbay, events, templates, frames, clock);
        this.launchPages = new LaunchPages(sessions, providers, patchbay, templates, frames);
        this.providerPages = new ProviderPages(providers, templates, frames);
        this.usagePages = new UsagePages(store, templates, frames, clock);
    }

    /**
     * Lets browsers in; called once, before the first request.
     *
     * @param home where logins are kept
     * @param current the daemon's token
     */
    public void open(Path home, Supplier<Secret> current) {
        token = current;
        logins = new Logins(home, current.get(), clock);
    }

    /** There is another token: whoever is logged in has to log in again. */
    public void tokenChanged() {
        if (token != null) {
            logins().token(token.get());
        }
    }

    private Logins logins() {
        return requireNonNull(logins, "not open");
    }

    /** Answers a request for a page; on an event loop. */
    public void serve(ServiceRequest request) {
        HEADERS.forEach(request.http().response()::putHeader);
        try {
            begin(request);
        } catch (Problem problem) {
            answer(request, problemPage(problem, false));
        }
    }

    /** What a method that is not taken is answered with. */
    private static Problem notTaken(HttpServerRequest http, String message, String... taken) {
        http.response().putHeader("allow", String.join(", ", taken));
        return Problem.of(405, message);
    }

    private void begin(ServiceRequest request) {
        HttpServerRequest http = request.http();
        String path = String.valueOf(http.path());
        if (isProgram(http) && !path.equals(LOGIN + "/code") && login(http).isEmpty()) {
            refuseProgram(request);
            return;
        }
        // The server leaves the body out of an answer to HEAD.
        String method =
                http.method().equals(HttpMethod.HEAD) ? "GET" : http.method().name();
        if (!Set.of("GET", "POST").contains(method)) {
            throw notTaken(http, "pages take GET and POST", "GET", "HEAD", "POST");
        }
        if (path.startsWith(Assets.BASE)) {
            asset(request, path.substring(Assets.BASE.length()));
            return;
        }
        if (path.equals(LOGIN + "/code")) {
            code(request, method);
            return;
        }
        Optional<Logins.Login> login = login(http);
        if (path.equals(LOGIN)) {
            request.body(bytes -> work(request, () -> logIn(http, method, query(http), bytes)));
            return;
        }
        if (login.isEmpty()) {
            answer(request, notLoggedIn(http, method));
            return;
        }
        if (path.equals("/live")) {
            if (!http.method().equals(HttpMethod.GET)) {
                throw notTaken(http, "the live stream is read by GET", "GET");
            }
            listen(request, login.get());
            return;
        }
        List<String> segments = PathSegments.of(path);
        MultiMap query = query(http);
        boolean isFragment = http.getHeader("hx-request") != null;
        request.body(bytes -> work(request, () -> {
            PageForm form = method.equals("POST")
                    ? PageForm.read(String.valueOf(http.getHeader("content-type")), bytes)
                    : PageForm.EMPTY;
            return page(new PageCall(method, segments, query, form, login.get(), isFragment));
        }));
    }

    /** A client of the API or the gateway, which shows a token itself. What a browser shows a proxy in front is a password. */
    private static boolean isProgram(HttpServerRequest http) {
        return http.headers().contains("x-api-key")
                || String.valueOf(http.getHeader("authorization")).regionMatches(true, 0, "Bearer ", 0, 7);
    }

    /** Most often its base URL lacks a part of the path: it is not to look for a fault in its token. */
    private static void refuseProgram(ServiceRequest request) {
        try {
            request.requireToken();
            answer(
                    request,
                    404,
                    "there is nothing for programs at this path; the API is below /api/v1, and of the gateway a base URL"
                            + " ends before /v1/messages, or with /v1 before /chat/completions, /responses and /embeddings");
        } catch (ProviderException refused) {
            answer(request, 401, String.valueOf(refused.getMessage()));
        }
    }

    private static void answer(ServiceRequest request, int status, String error) {
        request.answer(status, "application/json", Json.bytes(Errors.json(status, error)));
    }

    /** What waits for the store is done elsewhere. */
    private void work(ServiceRequest request, Supplier<PageReply> task) {
        boolean isFragment = request.http().getHeader("hx-request") != null;
        Runnable work = () -> {
            if (request.isGone()) {
                return;
            }
            PageReply reply;
            try {
                reply = task.get();
            } catch (RuntimeException | StackOverflowError failure) {
                reply = problemPage(Problem.of(failure), isFragment);
            }
            PageReply made = reply;
            request.dispatch(() -> answer(request, made));
        };
        try {
            workers.execute(work);
        } catch (RejectedExecutionException full) {
            answer(request, problemPage(Problem.of(503, "too many requests wait; try again"), isFragment));
        }
    }

    private PageReply page(PageCall call) {
        if (call.isPost() && !isCsrf(call)) {
            throw Problem.of(403, "this form is of an earlier login: load its page again, and send it again");
        }
        return switch (call.path().get(0)) {
            case "" -> PageReply.to(call, "/sessions");
            case "sessions" -> sessionPages.serve(call);
            case "launch" -> launchPages.serve(call);
            case "providers" -> providerPages.serve(call);
            case "usage" -> usagePages.serve(call);
            case "logout" -> logOut(call);
            default -> throw nothingHere();
        };
    }

    private static boolean isCsrf(PageCall call) {
        byte[] sent = call.form().text("csrf").orElse("").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(sent, call.login().csrf().getBytes(StandardCharsets.UTF_8));
    }

    static Problem nothingHere() {
        return Problem.of(404, "there is nothing at this address");
    }

    private PageReply problemPage(Problem problem, boolean isFragment) {
        String text = String.valueOf(problem.getMessage())
                + problem.help().map(help -> "\n" + help).orElse("");
        if (isFragment) {
            return PageReply.html(problem.status(), templates.render("problemNote", Map.of("text", text)));
        }
        return PageReply.html(
                problem.status(),
                templates.render("problem", Map.of("page", frames.open(problem.status() + ""), "text", text)));
    }

    /** As long as the login lasts: whoever logs out in one tab, or whose cookie expires, hears no more in the others. */
    private void listen(ServiceRequest request, Logins.Login login) {
        Optional<String> last = Optional.ofNullable(query(request.http()).get("after"));
        Subscription.open(
                events,
                request,
                EventFilter.PAGE,
                last,
                workers,
                clock,
                () -> logins().find(login.id()).isPresent(),
                failure -> answer(request, problemPage(Problem.of(failure), true)));
    }

    private void asset(ServiceRequest request, String name) {
        Assets.Asset asset = assets.find(name).orElseThrow(WebPages::nothingHere);
        request.http().response().putHeader("cache-control", "public, max-age=31536000, immutable");
        request.answer(200, asset.contentType(), asset.body());
    }

    /** For {@code patchbay daemon open}, which has the token. */
    private void code(ServiceRequest request, String method) {
        try {
            request.requireToken();
        } catch (ProviderException refused) {
            answer(request, 401, String.valueOf(refused.getMessage()));
            return;
        }
        if (!method.equals("POST")) {
            throw notTaken(request.http(), "a code is made by POST", "POST");
        }
        request.answer(200, "application/json", Json.bytes(Json.object().put("code", logins().code())));
    }

    private PageReply logIn(HttpServerRequest http, String method, MultiMap query, byte[] bytes) {
        if (method.equals("GET")) {
            String code = Optional.ofNullable(query.get("code")).orElse("");
            return loginPage(200, code, local(query.get("to")), "");
        }
        PageForm form = PageForm.read(String.valueOf(http.getHeader("content-type")), bytes);
        String to = local(form.text("to").orElse("/sessions"));
        Optional<Logins.Login> login = form.text("code")
                .map(code -> logins().exchange(code.strip()))
                .orElseGet(() -> form.text("token").flatMap(given -> logins().withToken(given.strip())));
        if (login.isEmpty()) {
            String why = form.text("code").isPresent()
                    ? "This code has been used, or is older than a minute: run patchbay daemon open again."
                    : "This is not the token of this daemon.";
            return loginPage(403, "", to, why);
        }
        return PageReply.text(303, "")
                .with("location", to)
                .with("set-cookie", cookieName(http) + "=" + login.get().id() + "; Path=/; HttpOnly; SameSite=Strict");
    }

    private PageReply loginPage(int status, String code, String to, String problem) {
        return PageReply.html(
                status,
                templates.render(
                        "login", Map.of("page", frames.open("Log in"), "code", code, "to", to, "problem", problem)));
    }

    /** An address of ours, whatever was asked for. */
    private static String local(@Nullable String path) {
        return path == null || !path.matches("/(?![/\\\\])[\\x21-\\x7e]*") || path.startsWith(LOGIN)
                ? "/sessions"
                : path;
    }

    private PageReply logOut(PageCall call) {
        if (!call.isPost()) {
            return problemPage(Problem.of(405, "log out with the button"), call.isFragment())
                    .with("allow", "POST");
        }
        logins().end(call.login());
        events.endUnwelcome();
        return PageReply.to(call, LOGIN);
    }

    private static PageReply notLoggedIn(HttpServerRequest http, String method) {
        String gone = cookieName(http) + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict";
        boolean isPage = method.equals("GET")
                && http.getHeader("hx-request") == null
                && String.valueOf(http.getHeader("accept")).contains("text/html");
        PageReply reply = isPage
                ? PageReply.text(303, "").with("location", LOGIN + "?to=" + WebAddress.encoded(http.uri()))
                : PageReply.text(401, "you are not logged in: run patchbay daemon open");
        return reply.with("set-cookie", gone);
    }

    /** Cookies of one host are shared by all its ports. */
    private static String cookieName(HttpServerRequest http) {
        return "patchbay-" + http.localAddress().port();
    }

    /** Of several cookies by that name, such as one with another path, any that is good. */
    private Optional<Logins.Login> login(HttpServerRequest http) {
        String beginning = cookieName(http) + "=";
        return http.headers().getAll("cookie").stream()
                .flatMap(header -> List.of(header.split(";")).stream())
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(beginning))
                .flatMap(cookie -> logins().find(cookie.substring(beginning.length())).stream())
                .findFirst();
    }

    private static MultiMap query(HttpServerRequest http) {
        try {
            return http.params();
        } catch (IllegalArgumentException notEncoded) {
            throw Problem.of(400, "the address is not percent-encoded as it should be");
        }
    }

    private static void answer(ServiceRequest request, PageReply reply) {
        reply.headers().forEach(request.http().response()::putHeader);
        request.answer(reply.status(), reply.contentType(), reply.body());
    }
}
