package dev.patchbay.daemon;

import static java.util.Objects.requireNonNull;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import dev.patchbay.Patchbay;
import dev.patchbay.PatchbayBuilder;
import dev.patchbay.daemon.event.EventHub;
import dev.patchbay.daemon.rest.Workers;
import dev.patchbay.daemon.service.DaemonIdentity;
import dev.patchbay.daemon.service.SessionMeters;
import dev.patchbay.daemon.service.StopRequest;
import dev.patchbay.daemon.usage.CallCosts;
import dev.patchbay.daemon.usage.CallLog;
import dev.patchbay.daemon.web.WebPages;
import dev.patchbay.gateway.Gateway;
import dev.patchbay.gateway.GatewayBuilder;
import dev.patchbay.gateway.GatewayException;
import dev.patchbay.gateway.TokenFile;
import dev.patchbay.gateway.WatchedToken;
import dev.patchbay.guice.PatchbayModule;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.PatchbayException;
import dev.patchbay.store.SqliteSessionStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Sessions over REST that last, live events and the gateway, on one port (docs/design/sessions.md, sections 3 and 4).
 *
 * <pre>{@code
 * try (Daemon daemon = Daemon.builder(home, store).patchbay(builder -> builder.home(home).userLayer()).start()) {
 *     System.out.println(daemon.url());
 *     …
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads. Holds threads, connections and the store: close it.
 */
public final class Daemon implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Daemon.class.getName());

    private final DaemonIdentity identity;
    private final Patchbay patchbay;
    private final Gateway gateway;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    private Daemon(Builder builder) {
        this.identity = new DaemonIdentity(UUID.randomUUID().toString(), version(), Instant.now());
        try {
            parts.push(builder.store);
            parts.push(HomeLock.take(builder.home));
            Injector injector = Guice.createInjector(
                    Stage.PRODUCTION,
                    new PatchbayModule(
                            patchbay -> builder.configuration.apply(patchbay).store(builder.store)),
                    new DaemonModule(identity, builder.store));
            this.patchbay = injector.getInstance(Patchbay.class);
            parts.push(injector.getInstance(Workers.class));
            // It closes the store.
            parts.remove(builder.store);
            parts.push(patchbay);
            EventHub events = injector.getInstance(EventHub.class);
            WebPages pages = injector.getInstance(WebPages.class);
            WatchedToken token = new WatchedToken(TokenFile.in(builder.home), () -> {
                pages.tokenChanged();
                events.endAll();
            });
            pages.open(builder.home, token);
            injector.getInstance(StopRequest.class).whenAsked(builder.stop);
            CallLog calls = CallLog.start(
                    () -> builder.store,
                    "gateway",
                    new CallCosts(patchbay),
                    problem -> LOG.log(Level.WARNING, problem));
            parts.push(calls);
            this.gateway = listen(builder.gateway
                    .apply(Gateway.builder(patchbay))
                    .token(token)
                    .addresses(new SessionAddresses(patchbay, token))
                    .accessLog(calls)
                    .meters(injector.getInstance(SessionMeters.class))
                    .service(injector.getInstance(DaemonService.class)));
            parts.push(gateway);
            parts.push(events);
            builder.store.watch();
            parts.push(StoreCheck.start(builder.store));
            parts.push(DaemonFile.in(builder.home)
                    .hold(new DaemonFile.Content(
                            identity.id(),
                            ProcessHandle.current().pid(),
                            gateway.port(),
                            gateway.url(),
                            identity.version(),
                            identity.startedAt(),
                            builder.files,
                            Optional.of(builder.store.file().toAbsolutePath().normalize()))));
        } catch (CreationException | ProvisionException failure) {
            close();
            throw known(
                    failure,
                    failure instanceof CreationException creation
                            ? creation.getErrorMessages()
                            : ((ProvisionException) failure).getErrorMessages());
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /**
     * A daemon of a home.
     *
     * @param home for its token and the file by which it is found
     * @param store closed with it
     */
    public static Builder builder(Path home, SqliteSessionStore store) {
        return new Builder(home, store);
    }

    /** {@code http://host:port}, without a path. */
    public URI url() {
        return gateway.url();
    }

    /** What whoever started it should be told; empty if all is well. */
    public Optional<String> warning() {
        return gateway.warning();
    }

    /** Every provider there is, as of this moment. */
    public RegistrySnapshot registry() {
        return patchbay.registry();
    }

    /** What distinguishes it from every other. */
    public String id() {
        return identity.id();
    }

    /** What a part said that could not be made, and not how it is wired. */
    private static RuntimeException known(RuntimeException failure, Collection<Message> messages) {
        return messages.stream()
                .map(Message::getCause)
                .filter(PatchbayException.class::isInstance)
                .map(RuntimeException.class::cast)
                .findFirst()
                .orElse(failure);
    }

    private static Gateway listen(GatewayBuilder builder) {
        try {
            return builder.start();
        } catch (GatewayException failure) {
            throw new DaemonException(failure.getMessage() + PortOwner.of(builder.address()), failure);
        }
    }

    private static String version() {
        String version = Daemon.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Ends streams, lets requests come to their end, interrupts what runs, and releases everything. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.log(Level.WARNING, "a part of the daemon could not be closed", failure);
        }
    }

    /** Says how a daemon is to be. Not safe for use by several threads. */
    public static final class Builder {

        private final Path home;
        private final SqliteSessionStore store;
        private UnaryOperator<PatchbayBuilder> configuration = patchbay -> patchbay;
        private List<Path> files = List.of();
        private UnaryOperator<GatewayBuilder> gateway = server -> server;
        private Runnable stop = () -> {};

        private Builder(Path home, SqliteSessionStore store) {
            this.home = requireNonNull(home, "home is null").toAbsolutePath();
            this.store = requireNonNull(store, "store is null");
        }

        /** Which providers there are. Default: those of the class path. */
        public Builder patchbay(UnaryOperator<PatchbayBuilder> reading) {
            this.configuration = requireNonNull(reading, "reading is null");
            return this;
        }

        /** The files and folders, absolute, that are named for it beyond those of its home; its file says which. Default: none. */
        public Builder files(List<Path> named) {
            this.files = List.copyOf(named);
            return this;
        }

        /** Address, limits and log of the server. Default: as a gateway has them. */
        public Builder server(UnaryOperator<GatewayBuilder> settings) {
            this.gateway = requireNonNull(settings, "settings is null");
            return this;
        }

        /** Told when a client asks the daemon to stop; must not wait. Default: nobody. */
        public Builder whenAskedToStop(Runnable listener) {
            this.stop = requireNonNull(listener, "listener is null");
            return this;
        }

        /**
         * Starts the daemon; it listens when this returns.
         *
         * @throws DaemonException if another one of this home runs, or it cannot listen
         * @throws GatewayException if the token cannot be used
         */
        public Daemon start() {
            return new Daemon(this);
        }
    }
}
