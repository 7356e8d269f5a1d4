package dev.patchbay.internal.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.TlsSettings;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients of TLS settings that no provider has any more. */
@Timeout(60)
class TlsClientsTest {

    private final FakeProvider fake = FakeProvider.start();
    private final Vertx vertx = Vertx.vertx();
    private final io.vertx.core.Context loop = vertx.getOrCreateContext();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        fake.close();
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.runOnContext(ignored -> {
            try {
                done.complete(task.call());
            } catch (Exception broken) {
                done.completeExceptionally(broken);
            }
        });
        return done.get(20, TimeUnit.SECONDS);
    }

    private static TlsSettings settings(int number) {
        return new TlsSettings(Optional.of(Path.of("ca-" + number)), false);
    }

    private HttpClientAgent client() {
        return vertx.httpClientBuilder().build();
    }

    @Test
    void keepsNoMoreThanThoseThatWereUsedLast() throws Exception {
        TlsClients clients = onLoop(() -> new TlsClients(vertx));

        boolean firstIsKept = onLoop(() -> {
            for (int i = 0; i < 100; i++) {
                clients.add(settings(i), this::client);
                clients.find(settings(0));
            }
            return clients.find(settings(0)).isPresent();
        });

        assertThat(firstIsKept).isTrue();
        assertThat(onLoop(clients::size)).isEqualTo(64);
    }

    @Test
    void closesWhatNobodyAskedForInAWhileAndLetsItsAnswersEnd() throws Exception {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("Hel", "lo").holdAfter(1, gate));
        TlsClients clients = onLoop(() -> new TlsClients(vertx, Duration.ofMillis(50), 10));
        HttpClientAgent used = onLoop(() -> clients.add(settings(1), this::client));
        HttpClientResponse head = onLoop(() -> asked(used))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        List<Buffer> pieces = new ArrayList<>();
        CompletableFuture<Boolean> whole = new CompletableFuture<>();
        loop.runOnContext(ignored -> {
            head.handler(pieces::add);
            head.exceptionHandler(broken -> whole.complete(false));
            head.endHandler(end -> whole.complete(true));
            head.resume();
        });

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (onLoop(clients::size) > 0) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
        gate.open();

        assertThat(whole.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(String.join("", pieces.stream().map(Buffer::toString).toList()))
                .contains("lo");
        fake.awaitClientGone(Duration.ofSeconds(10));
    }

    private Future<HttpClientResponse> asked(HttpClientAgent client) {
        return client.request(HttpMethod.POST, fake.port(), "127.0.0.1", "/v1/chat/completions")
                .compose(request -> request.send("{\"model\":\"m\",\"stream\":true,\"messages\":[]}"))
                .onSuccess(HttpClientResponse::pause);
    }
}
