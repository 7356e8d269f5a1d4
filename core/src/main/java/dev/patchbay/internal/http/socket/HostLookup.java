package dev.patchbay.internal.http.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks hosts up on threads of its own, since nothing ends the wait for a resolver that does not answer: whoever asks stops waiting,
 * and the look-up goes on until the system gives up. One look-up for each host at a time, of 64 hosts at most. Safe for use by several
 * threads.
 */
public final class HostLookup {

    private static final int MOST = 64;
    private static final int THREAD_RESTS_SECONDS = 10;

    private final Resolver resolver;
    private final Executor threads;
    private final Map<String, CompletableFuture<InetAddress[]>> running = new ConcurrentHashMap<>();

    /** @param threads of the platform: the system's resolver holds on to them */
    public HostLookup(ThreadFactory threads) {
        this(threads, InetAddress::getAllByName);
    }

    /** With a resolver other than the system's. */
    public HostLookup(ThreadFactory threads, Resolver resolver) {
        this.resolver = resolver;
        this.threads = new ThreadPoolExecutor(
                0, MOST, THREAD_RESTS_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
    }

    /** Knows the addresses of hosts. */
    public interface Resolver {

        /** As {@link InetAddress#getAllByName(String)}. */
        InetAddress[] resolve(String host) throws IOException;
    }

    /** Begins to look a host up. What is given may be cancelled by whoever waits for it, and by nobody else. */
    public CompletableFuture<InetAddress[]> begin(String host) {
        if (isAddress(host)) {
            CompletableFuture<InetAddress[]> known = new CompletableFuture<>();
            resolve(host, known);
            return known;
        }
        CompletableFuture<InetAddress[]> lookup = new CompletableFuture<>();
        CompletableFuture<InetAddress[]> other = running.putIfAbsent(host, lookup);
        if (other != null) {
            return other.copy();
        }
        CompletableFuture<InetAddress[]> asked = lookup.copy();
        try {
            threads.execute(() -> {
                try {
                    resolve(host, lookup);
                } finally {
                    running.remove(host, lookup);
                }
            });
        } catch (RejectedExecutionException tooMany) {
            running.remove(host, lookup);
            lookup.completeExceptionally(new UnknownHostException("no look-up of a host is answered"));
        }
        return asked;
    }

    private void resolve(String host, CompletableFuture<InetAddress[]> result) {
        try {
            result.complete(resolver.resolve(host));
        } catch (IOException | RuntimeException | Error failure) {
            result.completeExceptionally(failure);
        }
    }

    /** For an address nobody need be asked. */
    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
