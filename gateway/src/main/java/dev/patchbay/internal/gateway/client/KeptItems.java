package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Hashes;
import dev.patchbay.codec.json.Json;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Items of answers to Responses clients, which name them in later requests instead of sending them again, and proofs of thinking,
 * which clients drop (dialects.md, P1 and 1.10). Kept for an hour after their last use, in 16 MiB at most; the longest unused go first. Safe for use by several
 * threads.
 */
public final class KeptItems {

    private static final long MOST_BYTES = 16L << 20;
    private static final long LONGEST_UNUSED = Duration.ofHours(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param nanoTime the time, as {@link System#nanoTime} tells it */
    public KeptItems(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * The items of one client.
     *
     * @param credential tells it from all others; what is kept names it by its hash alone
     */
    public Of of(String credential) {
        return new Of(credential);
    }

    private synchronized void keep(Key key, byte[] item) {
        Entry before = entries.put(key, new Entry(item, nanoTime.getAsLong()));
        bytes += item.length - (before == null ? 0 : before.item().length);
        Iterator<Entry> oldestFirst = entries.values().iterator();
        while (oldestFirst.hasNext()) {
            Entry oldest = oldestFirst.next();
            if (bytes <= MOST_BYTES && !isStale(oldest)) {
                return;
            }
            bytes -= oldest.item().length;
            oldestFirst.remove();
        }
    }

    private synchronized Optional<byte[]> find(Key key) {
        Entry entry = entries.get(key);
        if (entry == null || isStale(entry)) {
            return Optional.empty();
        }
        entries.put(key, new Entry(entry.item(), nanoTime.getAsLong()));
        return Optional.of(entry.item());
    }

    private boolean isStale(Entry entry) {
        return nanoTime.getAsLong() - entry.used() > LONGEST_UNUSED;
    }

    private record Key(String holder, String id) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Entry(byte[] item, long used) {}

    /** What is kept for one client. */
    public final class Of {

        private final String credential;
        private @Nullable String holder;

        private Of(String credential) {
            this.credential = credential;
        }

        /** Most requests keep nothing and look for nothing. */
        private Key key(String id) {
            String hash = holder;
            if (hash == null) {
                hash = Hashes.hex(credential);
                holder = hash;
            }
            return new Key(hash, id);
        }

        void keep(ObjectNode item) {
            keep(item.path("id").asText(""), item);
        }

        void keep(String id, ObjectNode item) {
            KeptItems.this.keep(key(id), Json.bytes(item));
        }

        Optional<ObjectNode> find(String id) {
            return KeptItems.this.find(key(id)).map(item -> (ObjectNode) Json.parse(item));
        }
    }
}
