package dev.patchbay.internal.http.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.internal.http.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A resolver that does not answer. */
@Timeout(60)
class HostLookupTest {

    private final CountDownLatch answer = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicInteger questions = new AtomicInteger();
    private final HostLookup hosts = new HostLookup(Threads.platformFactory("test-lookup"), this::resolve);
    private final ConnectionPool pool = new ConnectionPool(Threads.factory("test"), Duration.ofSeconds(30), hosts);

    @AfterEach
    void close() {
        answer.countDown();
        pool.close();
    }

    private InetAddress[] resolve(String host) throws IOException {
        questions.incrementAndGet();
        if (Character.isDigit(host.charAt(0))) {
            return InetAddress.getAllByName(host);
        }
        asked.countDown();
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (host.startsWith("unknown")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private static PeerAddress destination(String host, int port) {
        return new PeerAddress(host, port, null, null);
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    @Test
    void isNotWaitedForAnyLongerThanForAConnection() {
        Connection connection = pool.create(destination("provider1", 80));
        long began = System.nanoTime();

        assertThatThrownBy(() -> connection.open(in(Duration.ofMillis(200)), Optional.empty()))
                .isInstanceOf(SilenceException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void holdsNobodyWhoGivesUp() throws Exception {
        Connection connection = pool.create(destination("provider.test", 80));
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                connection.open(in(Duration.ofSeconds(50)), Optional.empty());
                ended.complete(new AssertionError("it is open"));
            } catch (IOException closed) {
                ended.complete(closed);
            }
        });
        waiting.start();
        asked.await();

        connection.abort();

        assertThat(ended.get(20, TimeUnit.SECONDS)).isInstanceOf(ClosedException.class);
    }

    @Test
    void isAskedOnceForAllThatWaitForAHost() throws Exception {
        CompletableFuture<InetAddress[]> first = hosts.begin("provider.test");
        CompletableFuture<InetAddress[]> second = hosts.begin("provider.test");
        first.cancel(false);
        answer.countDown();

        assertThat(second.get(20, TimeUnit.SECONDS)).containsExactly(InetAddress.getLoopbackAddress());
        assertThat(questions).hasValue(1);
    }

    @Test
    void takesNoMoreThanSoManyThreads() throws Exception {
        List<CompletableFuture<InetAddress[]>> lookups = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lookups.add(hosts.begin("unknown" + i + ".test"));
        }

        assertThat(lookups.stream().filter(CompletableFuture::isDone)).hasSize(36);
        answer.countDown();
        for (CompletableFuture<InetAddress[]> lookup : lookups) {
            assertThatThrownBy(() -> lookup.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void isNotNeededForAnAddress() throws Exception {
        hosts.begin("provider.test");
        asked.await();
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Connection connection = pool.create(destination("127.0.0.1", server.getLocalPort()));

            connection.open(in(Duration.ofSeconds(20)), Optional.empty());

            connection.abort();
        }
    }
}
