package dev.patchbay.gateway;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.accept.AllowedOrigins;
import dev.patchbay.internal.gateway.accept.ClientLimits;
import dev.patchbay.internal.gateway.accept.GatewaySettings;
import dev.patchbay.internal.gateway.accept.NotFound;
import dev.patchbay.internal.gateway.plan.RegistryRouting;
import dev.patchbay.internal.runtime.ProviderRuntime;
import dev.patchbay.spi.Secret;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says how a gateway is to be, and starts it. Not safe for use by several threads. */
public final class GatewayBuilder {

    private final ProviderRuntime runtime;
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> origins = new HashSet<>();
    private String host = "127.0.0.1";
    private int port = 7777;
    private @Nullable String provider;
    private @Nullable String model;
    private @Nullable Supplier<Secret> token;
    private @Nullable WatchedToken watchedToken;
    private int maxConnections = 10_000;
    private int maxHeadBytes = 64 << 10;
    private int maxHeadLines = 200;
    private int maxRequestBytes = 32 << 20;
    private long maxBufferedBytes = BufferBudget.quarterOfHeap();
    private Duration headTimeout = Duration.ofSeconds(10);
    /** Longer than clients keep one themselves (Go 90 s), or they meet connections that are just being closed. */
    private Duration clientTimeout = Duration.ofMinutes(2);

    private Duration bodySilence = Duration.ofSeconds(30);
    private Duration bodyTimeout = Duration.ofMinutes(10);
    private Duration readTimeout = Duration.ofMinutes(5);
    private Duration pingAfter = Duration.ofSeconds(15);
    private Duration commentTimeout = Duration.ofMinutes(30);
    private Duration grace = Duration.ofSeconds(10);
    private Consumer<AccessRecord> accessLog = record -> {};
    private final List<MeterBinder> meters = new ArrayList<>();
    private Function<String, Optional<GatewayAddress>> addresses = path -> Optional.empty();
    private Handler<HttpServerRequest> otherwise = NotFound::answer;
    private @Nullable HttpService service;
    private Consumer<Throwable> fatal = error -> {};

    GatewayBuilder(ProviderRuntime runtime) {
        this.runtime = runtime;
    }

    /** The address to bind. Default: 127.0.0.1. */
    public GatewayBuilder host(String address) {
        this.host = requireNonNull(address, "address is null");
        return this;
    }

    /** The port; 0 for any that is free. Default: 7777. */
    public GatewayBuilder port(int number) {
        this.port = number;
        return this;
    }

    /** Sends every request to one provider. Default: the model's name decides. */
    public GatewayBuilder provider(String id) {
        this.provider = requireNonNull(id, "id is null");
        return this;
    }

    /** Asks every request for one model, whatever the client names. Default: what it names. */
    public GatewayBuilder model(String name) {
        this.model = requireNonNull(name, "name is null");
        return this;
    }

    /** What clients have to send, as {@code Authorization: Bearer} or as {@code x-api-key}. Default: nothing. */
    public GatewayBuilder token(Secret value) {
        requireNonNull(value, "value is null");
        return token(() -> value);
    }

    /** The same for a token that changes: asked for each request, on an event loop, so it must not wait. */
    public GatewayBuilder token(Supplier<Secret> value) {
        this.token = requireNonNull(value, "value is null");
        return this;
    }

    /**
     * The same as {@link #token(Secret)} with what stands in a file, which is read now, and anew within two seconds after it
     * changes: from then on the old token is refused. A file that is gone or cannot be used then changes nothing, which is
     * logged.
     *
     * @throws GatewayException as {@link TokenFile#read} does
     */
    public GatewayBuilder token(TokenFile file) {
        return token(new WatchedToken(file, () -> {}));
    }

    /** The same for somebody who is told when it changes. */
    public GatewayBuilder token(WatchedToken watched) {
        this.watchedToken = watched;
        return token((Supplier<Secret>) watched);
    }

    /** One more name in {@code Host} that is accepted, besides {@code localhost} and addresses. */
    public GatewayBuilder allowedHost(String name) {
        hosts.add(requireNonNull(name, "name is null").toLowerCase(Locale.ROOT));
        return this;
    }

    /**
     * One more origin whose web pages may use the gateway, such as {@code https://app.example.com}. Default: only that of the
     * gateway itself, whatever address or name it is called by.
     *
     * @throws IllegalArgumentException if it is no origin
     */
    public GatewayBuilder allowedOrigin(String origin) {
        origins.add(AllowedOrigins.normal(requireNonNull(origin, "origin is null")));
        return this;
    }

    /**
     * How many connections clients may have; at the limit the oldest one that has not sent the head of a request is closed.
     * Where the process may open fewer files, it is half of those that are left at the start, so that providers can be reached
     * for all of them. Default: 10 000.
     */
    public GatewayBuilder maxConnections(int number) {
        this.maxConnections = number;
        return this;
    }

    /** The longest head of a request, in bytes. Default: 64 KiB. */
    public GatewayBuilder maxHeadBytes(int bytes) {
        this.maxHeadBytes = bytes;
        return this;
    }

    /** The most lines in the head of a request. Default: 200. */
    public GatewayBuilder maxHeadLines(int lines) {
        this.maxHeadLines = lines;
        return this;
    }

    /** The longest body of a request, in bytes. Default: 32 MiB. */
    public GatewayBuilder maxRequestBytes(int bytes) {
        this.maxRequestBytes = bytes;
        return this;
    }

    /**
     * What all requests and answers may hold in memory together, in bytes; who needs more gets 503. Default: a quarter of what
     * the heap may grow to.
     */
    public GatewayBuilder maxBufferedBytes(long bytes) {
        this.maxBufferedBytes = bytes;
        return this;
    }

    /** How long a client may take from the first byte of a request's head to its last. Default: 10 s. */
    public GatewayBuilder headTimeout(Duration limit) {
        this.headTimeout = requireNonNull(limit, "limit is null");
        return this;
    }

    /** How long a connection may be open without a request on it. Default: 2 min. */
    public GatewayBuilder clientTimeout(Duration limit) {
        this.clientTimeout = requireNonNull(limit, "limit is null");
        return this;
    }

    /** How long a client may take between two pieces of a request's body. Default: 30 s. */
    public GatewayBuilder bodySilence(Duration limit) {
        this.bodySilence = requireNonNull(limit, "limit is null");
        return this;
    }

    /** How long a client may take for the whole body of a request. Default: 10 min. */
    public GatewayBuilder bodyTimeout(Duration limit) {
        this.bodyTimeout = requireNonNull(limit, "limit is null");
        return this;
    }

    /** How long a client may read nothing of what waits for it. Default: 5 min. */
    public GatewayBuilder readTimeout(Duration limit) {
        this.readTimeout = requireNonNull(limit, "limit is null");
        return this;
    }

    /** After how long a silence a Messages client gets a ping. Default: 15 s. */
    public GatewayBuilder pingAfter(Duration silence) {
        this.pingAfter = requireNonNull(silence, "silence is null");
        return this;
    }

    /**
     * How long a provider may keep an answer open with comments, pings or blanks alone; then its client gets an error.
     * Default: 30 min, since some let requests wait that way.
     */
    public GatewayBuilder commentTimeout(Duration limit) {
        this.commentTimeout = requireNonNull(limit, "limit is null");
        return this;
    }

    /** How long {@link Gateway#close} lets requests run. Default: 10 s. */
    public GatewayBuilder grace(Duration limit) {
        this.grace = requireNonNull(limit, "limit is null");
        return this;
    }

    /** One more that is told of every request when it is over; on an event loop, so it must not wait. Default: nobody. */
    public GatewayBuilder accessLog(Consumer<AccessRecord> log) {
        this.accessLog = accessLog.andThen(log);
        return this;
    }

    /**
     * Finds further addresses by the path of a request, such as one for each session. Asked for each request, on an event
     * loop, so it must not wait. Default: there are none.
     */
    public GatewayBuilder addresses(Function<String, Optional<GatewayAddress>> lookup) {
        this.addresses = requireNonNull(lookup, "lookup is null");
        return this;
    }

    /** Shows further meters at {@code /metrics}, beside the gateway's own. Default: none. */
    public GatewayBuilder meters(MeterBinder more) {
        meters.add(requireNonNull(more, "more is null"));
        return this;
    }

    /** Answers requests whose path is not the gateway's; on an event loop. Default: with 404. */
    public GatewayBuilder otherwise(Handler<HttpServerRequest> handler) {
        this.otherwise = requireNonNull(handler, "handler is null");
        return this;
    }

    /** Answers requests whose path is not the gateway's, behind the gateway's doors. Default: {@link #otherwise} does. */
    public GatewayBuilder service(HttpService beside) {
        this.service = requireNonNull(beside, "beside is null");
        return this;
    }

    /**
     * Told of an {@link OutOfMemoryError} or its like, on any thread; the process should end then, since nobody knows what else
     * is broken. Errors that the JVM throws in other threads are not told here: start it with {@code
     * -XX:+ExitOnOutOfMemoryError}. Default: nobody.
     */
    public GatewayBuilder onFatalError(Consumer<Throwable> listener) {
        this.fatal = requireNonNull(listener, "listener is null");
        return this;
    }

    /** Where it will listen, or try to. */
    public URI address() {
        return Gateway.url(host, port);
    }

    /** Where the requests will go. */
    public ModelRouting routing() {
        return new RegistryRouting(runtime, Optional.ofNullable(provider), Optional.ofNullable(model));
    }

    /**
     * Starts the gateway; it listens when this returns.
     *
     * @throws GatewayException if it cannot listen, or would serve other machines without a token
     */
    public Gateway start() {
        requireTokenBeyondThisMachine();
        ModelRouting routing = routing();
        GatewayAddress main =
                token == null ? GatewayAddress.open("", routing) : GatewayAddress.guarded("", routing, token);
        GatewaySettings settings = new GatewaySettings(
                host,
                port,
                main,
                addresses,
                Set.copyOf(hosts),
                new AllowedOrigins(origins),
                new ClientLimits(
                        maxConnections,
                        maxHeadBytes,
                        maxHeadLines,
                        headTimeout,
                        clientTimeout,
                        maxRequestBytes,
                        bodySilence,
                        bodyTimeout,
                        readTimeout),
                maxBufferedBytes,
                pingAfter,
                commentTimeout,
                grace,
                accessLog,
                List.copyOf(meters),
                otherwise,
                Optional.ofNullable(service),
                fatal);
        return new Gateway(runtime, settings).start(Optional.ofNullable(watchedToken));
    }

    private void requireTokenBeyondThisMachine() {
        if (token == null && !isLoopback(host)) {
            throw new GatewayException("the gateway would serve everyone who reaches " + host
                    + ", with your keys: give it a token, or bind it to 127.0.0.1");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException nowhere) {
            return false;
        }
    }
}
