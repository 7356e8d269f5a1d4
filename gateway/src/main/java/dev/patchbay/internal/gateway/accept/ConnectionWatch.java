package dev.patchbay.internal.gateway.accept;

import dev.patchbay.internal.gateway.AbruptClose;
import dev.patchbay.internal.gateway.BufferBudget;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Closes the connections of clients that ask nothing, take too long to ask, or do not read; and of those that hold memory without
 * need where it is short. Used on one event loop, but for what is said otherwise.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection tells by its closing that it is closed.
public final class ConnectionWatch {

    /** For a client to read why it was refused, before the connection ends under what it still sends. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Who has not read for so long makes room where memory is short. */
    private static final long IDLE_READER_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Where a client does not keep up, its provider waits: little has to wait here. */
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    private static final long LONGEST_PERIOD_MILLIS = 250;

    private final Context context;
    private final ClientLimits limits;
    private final ConnectionLimit connectionLimit;
    private final BufferBudget budget;
    private final Meters meters;
    private final Consumer<Throwable> failed;
    private final HttpServerOptions options;
    private final Map<Channel, ClientConnection> connections = new LinkedHashMap<>();

    /** Those whose head is not complete, the oldest first, with the time since when they wait. */
    private final Map<ClientConnection, Long> waiting = new LinkedHashMap<>();

    private final AtomicBoolean relieving = new AtomicBoolean();
    private volatile long waitingSince = Long.MAX_VALUE;

    /** @param failed told of what was thrown on a connection and belongs to no request */
    public ConnectionWatch(
            Vertx vertx,
            ClientLimits limits,
            ConnectionLimit connectionLimit,
            BufferBudget budget,
            HttpServerOptions options,
            Meters meters,
            Consumer<Throwable> failed) {
        this.context = vertx.getOrCreateContext();
        this.limits = limits;
        this.connectionLimit = connectionLimit;
        this.budget = budget;
        this.options = options;
        this.meters = meters;
        this.failed = failed;
        connectionLimit.add(this);
        budget.onPressure(this::relieve);
        vertx.setPeriodic(period(limits), id -> sweep());
    }

    /** A connection was made. */
    public void opened(HttpConnection connection) {
        connection.exceptionHandler(failed::accept);
        if (!(connection instanceof ConnectionBase open)) {
            return;
        }
        Channel channel = open.channel();
        channel.config().setWriteBufferWaterMark(UNSENT);
        ClientConnection client = new ClientConnection(channel, this, budget.open());
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.replace("httpDecoder", "httpDecoder", new RequestDecoder(options, client, limits.headLines()));
        pipeline.addBefore("handler", "client-connection", client);
        connections.put(channel, client);
        wait(client);
        connection.closeHandler(ignored -> {
            connections.remove(channel);
            waiting.remove(client);
            noteOldest();
            client.closed();
            connectionLimit.closed();
        });
        connectionLimit.opened();
    }

    /** What is watched of a connection. */
    public Optional<ClientConnection> of(HttpConnection connection) {
        return connection instanceof ConnectionBase open
                ? Optional.ofNullable(connections.get(open.channel()))
                : Optional.empty();
    }

    void busy(ClientConnection client) {
        waiting.remove(client);
        noteOldest();
    }

    void idle(ClientConnection client) {
        if (connections.containsKey(client.channel())) {
            wait(client);
        }
    }

    /** Since when the oldest waits that has no complete head. May be asked on any thread. */
    long waitingSince() {
        return waitingSince;
    }

    /** Closes that one. May be called on any thread. */
    void makeRoom() {
        context.runOnContext(ignored -> {
            Iterator<ClientConnection> oldest = waiting.keySet().iterator();
            if (oldest.hasNext()) {
                ClientConnection client = oldest.next();
                // Now, and not when it is closed: the next one is asked for before.
                busy(client);
                meters.closed("limit");
                AbruptClose.of(client.channel());
            }
        });
    }

    /** Closes all, whatever they still have to send. */
    public void closeAll() {
        connections.keySet().forEach(AbruptClose::of);
    }

    private void wait(ClientConnection client) {
        waiting.put(client, System.nanoTime());
        noteOldest();
    }

    private void noteOldest() {
        Iterator<Long> oldest = waiting.values().iterator();
        waitingSince = oldest.hasNext() ? oldest.next() : Long.MAX_VALUE;
    }

    private void sweep() {
        long now = System.nanoTime();
        boolean scarce = budget.isUnderPressure();
        for (ClientConnection client : new ArrayList<>(connections.values())) {
            scarce |= !client.measureOutput(now);
            if (client.isInHead() && now - client.headStarted() > limits.head().toNanos()) {
                meters.closed("head");
                client.late();
            } else {
                reasonToClose(client, now).ifPresent(why -> {
                    meters.closed(why);
                    AbruptClose.of(client.channel());
                });
            }
        }
        if (scarce) {
            relieve();
        }
    }

    private Optional<String> reasonToClose(ClientConnection client, long now) {
        Long since = waiting.get(client);
        if (since != null && !client.isInHead() && now - since > limits.idle().toNanos()) {
            return Optional.of("idle");
        }
        if (client.stalledSince() != 0
                && now - client.stalledSince() > limits.unread().toNanos()) {
            return Optional.of("unread");
        }
        boolean rest =
                client.answeredAt() != 0 && now - client.answeredAt() > LINGER_NANOS && client.stalledSince() == 0;
        return rest ? Optional.of("rest") : Optional.empty();
    }

    /** May be called on any thread. */
    private void relieve() {
        if (relieving.compareAndSet(false, true)) {
            context.runOnContext(ignored -> {
                relieving.set(false);
                yieldInTurn();
            });
        }
    }

    /** First those of whom nothing came for the longest time. */
    private void yieldInTurn() {
        if (!budget.isUnderPressure()) {
            return;
        }
        long now = System.nanoTime();
        List<ClientConnection> useless = new ArrayList<>();
        for (ClientConnection client : connections.values()) {
            boolean stalls = client.stalledSince() != 0 && now - client.stalledSince() > IDLE_READER_NANOS;
            boolean unfinished = client.isInHead() || client.isReadingBody() || client.isHeldInQueue() || stalls;
            // Of those who hold little, nobody would gain.
            if (unfinished && client.held() > BufferBudget.TINY) {
                useless.add(client);
            }
        }
        useless.sort(Comparator.comparingLong(client -> client.lastRead() - now));
        for (ClientConnection client : useless) {
            if (!budget.isUnderPressure()) {
                return;
            }
            meters.closed("memory");
            client.giveUp();
        }
    }

    private static long period(ClientLimits limits) {
        long shortest = Math.min(limits.head().toMillis(), limits.idle().toMillis());
        return Math.max(10, Math.min(LONGEST_PERIOD_MILLIS, shortest / 4));
    }
}
