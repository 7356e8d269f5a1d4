package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.internal.http.socket.HostLookup;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.Timeout;
import dev.patchbay.spi.HttpCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The JDK's client behind a resolver that does not answer. */
@org.junit.jupiter.api.Timeout(60)
class JdkClientsTest {

    private static final URI URL = URI.create("https://provider.invalid/v1");

    private final CountDownLatch answer = new CountDownLatch(1);
    private final JdkClients clients =
            new JdkClients(new HostLookup(Threads.platformFactory("test-lookup"), this::resolve));

    @AfterEach
    void close() {
        answer.countDown();
        clients.close();
    }

    private InetAddress[] resolve(String host) throws IOException {
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        throw new UnknownHostException(host);
    }

    private static HttpSettings within(Timeout connect) {
        HttpSettings usual = HttpSettings.DEFAULT;
        return new HttpSettings(connect, Optional.of(Timeout.OFF), usual.idle(), Timeout.OFF, usual.retries());
    }

    private HttpExchange send(HttpSettings settings) {
        return clients.send(
                new OutgoingRequest(HttpCall.get(URL), URL),
                settings,
                Origin.of(URL).orElseThrow(),
                null,
                ended -> {});
    }

    @Test
    void isWaitedForNoLongerThanForAConnection() {
        HttpSettings settings = within(Timeout.of(Duration.ofMillis(200)));
        HttpExchange exchange = send(settings);

        assertThatThrownBy(() -> exchange.head(ExchangeTimeouts.start(settings)))
                .isInstanceOf(HttpConnectTimeoutException.class);
    }

    @Test
    void holdsNobodyWhoGivesUp() throws Exception {
        HttpSettings settings = within(Timeout.OFF);
        HttpExchange exchange = send(settings);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                exchange.head(ExchangeTimeouts.start(settings));
            } catch (IOException | RuntimeException e) {
                ended.complete(e);
            }
        });
        waiting.start();

        exchange.cancel();

        assertThat(ended.get(40, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void saysThatThereIsNoSuchHost() {
        HttpSettings settings = within(Timeout.OFF);
        HttpExchange exchange = send(settings);
        answer.countDown();

        assertThatThrownBy(() -> exchange.head(ExchangeTimeouts.start(settings)))
                .isInstanceOf(UnknownHostException.class);
    }
}
