package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.provider.TlsSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The clients for providers with TLS settings of their own, since a client of Vert.x has one set of them: at most 64, and none that
 * was not asked for in the last ten minutes, as provider files change while the gateway runs. Used on one event loop.
 */
final class TlsClients {

    private static final int MOST = 64;
    private static final Duration UNUSED = Duration.ofMinutes(10);
    private static final long PERIOD_MILLIS = 60_000;

    /** For what still runs on a client that nobody asks any more. */
    private static final long LONGEST_EXCHANGE_HOURS = 24;

    /** The one that was not used for the longest time comes first. */
    private final Map<TlsSettings, Entry> clients = new LinkedHashMap<>(16, 0.75f, true);

    private final long unusedNanos;

    TlsClients(Vertx vertx) {
        this(vertx, UNUSED, PERIOD_MILLIS);
    }

    TlsClients(Vertx vertx, Duration unused, long periodMillis) {
        this.unusedNanos = unused.toNanos();
        vertx.setPeriodic(periodMillis, id -> drop(System.nanoTime()));
    }

    Optional<HttpClientAgent> find(TlsSettings tls) {
        Entry found = clients.get(tls);
        if (found == null) {
            return Optional.empty();
        }
        found.used = System.nanoTime();
        return Optional.of(found.client);
    }

    /** Gives the one that was made meanwhile, if there is one. */
    HttpClientAgent add(TlsSettings tls, Supplier<HttpClientAgent> made) {
        Optional<HttpClientAgent> known = find(tls);
        if (known.isPresent()) {
            return known.get();
        }
        Entry added = new Entry(made.get());
        clients.put(tls, added);
        drop(added.used);
        return added.client;
    }

    int size() {
        return clients.size();
    }

    private void drop(long now) {
        Iterator<Entry> oldest = clients.values().iterator();
        while (oldest.hasNext()) {
            Entry next = oldest.next();
            if (clients.size() <= MOST && now - next.used < unusedNanos) {
                return;
            }
            oldest.remove();
            next.shutDown();
        }
    }

    private static final class Entry {

        private final HttpClientAgent client;
        private long used = System.nanoTime();

        Entry(HttpClientAgent client) {
            this.client = client;
        }

        /** Lets what runs come to its end. */
        @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it.
        void shutDown() {
            client.shutdown(LONGEST_EXCHANGE_HOURS, TimeUnit.HOURS);
        }
    }
}
