package dev.patchbay.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Timeout;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the transport over blocking sockets does beyond the contract of all. */
@org.junit.jupiter.api.Timeout(60)
class SocketExchangeTest {

    /** One for each task: those of the common pool may be busy with what other tests left. */
    private static final Executor THREADS = task -> new Thread(task).start();

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String JSON =
            "{\"choices\":[{\"message\":{\"content\":\"fine\"},\"finish_reason\":\"stop\"}]}";
    private static final String TYPE = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final ChatFixture chat = new ChatFixture();

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void endsWhenItsThreadIsInterrupted() throws Exception {
        Gate gate = Gate.closed();
        chat.fake.answer(Answer.text("one", "two").holdAfter(2, gate));
        CompletableFuture<ProviderException> failure = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread reader = Threads.factory("reader").newThread(() -> {
            failure.complete(chat.failure(chat.definition().build()));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        reader.start();
        gate.awaitReached(PATIENCE);

        reader.interrupt();

        chat.fake.awaitClientGone(PATIENCE);
        assertThat(failure.get(20, SECONDS).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(interrupted.join()).isTrue();
    }

    @Test
    void usesAConnectionAgain() {
        for (int i = 0; i < 5; i++) {
            chat.answer(chat.definition().build());
        }

        assertThat(chat.fake.connections()).isEqualTo(1);
    }

    @Test
    void leavesAConnectionThatTheProviderWantsClosed() {
        chat.fake.answer(Answer.text("fine").header("Connection", "close"));

        for (int i = 0; i < 3; i++) {
            assertThat(chat.answer(chat.definition().build())).isEqualTo("fine");
        }

        assertThat(chat.fake.connections()).isEqualTo(3);
    }

    @Test
    void readsARefusalThatCameBeforeTheRequestWasThere() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> refusal = CompletableFuture.runAsync(() -> refuseAtOnce(server));

            ProviderException failure = failure(at(server), "x".repeat(8 << 20));

            refusal.join();
            assertThat(failure.status()).hasValue(413);
            assertThat(failure).hasMessageContaining("less, please");
        }
    }

    /** Takes a part of the request, answers, and takes no more until the client has read it. */
    private static void refuseAtOnce(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().readNBytes(1000);
            OutputStream out = client.getOutputStream();
            out.write("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 36\r\n\r\n".getBytes(UTF_8));
            out.write("{\"error\":{\"message\":\"less, please\"}}".getBytes(UTF_8));
            client.shutdownOutput();
            InputStream rest = client.getInputStream();
            rest.transferTo(OutputStream.nullOutputStream());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void givesUpOnAProviderThatReadsNothing() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            HttpSettings impatient = ChatFixture.impatientForTheHead();

            ProviderException failure =
                    failure(at(server).toBuilder().http(impatient).build(), "x".repeat(32 << 20));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure).hasMessageContaining("no answer from");
        }
    }

    @Test
    void endsWhileItSendsWhenItIsClosed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CountDownLatch began = new CountDownLatch(1);
            CountDownLatch closed = new CountDownLatch(1);
            CompletableFuture<Integer> gone = supplyAsync(() -> readAfter(server, began, closed), THREADS);
            ChatStream stream = chat.client(at(server)).stream(ChatFixture.request()
                    .message(ChatMessage.user("x".repeat(32 << 20)))
                    .build());
            CompletableFuture<ProviderException> failure =
                    supplyAsync(() -> catchThrowableOfType(ProviderException.class, stream::next), THREADS);
            assertThat(began.await(20, SECONDS)).as("the request has begun").isTrue();

            stream.close();
            closed.countDown();

            assertThat(failure.get(20, SECONDS).kind()).isEqualTo(Kind.CANCELLED);
            assertThat(gone.get(20, SECONDS)).isLessThan(32 << 20);
        }
    }

    /** Reads nothing but the first byte before the client is gone. */
    private static int readAfter(ServerSocket server, CountDownLatch began, CountDownLatch closed) {
        try (Socket client = server.accept()) {
            client.getInputStream().read();
            began.countDown();
            if (!closed.await(20, SECONDS)) {
                return Integer.MAX_VALUE;
            }
            int count = 0;
            byte[] buffer = new byte[65536];
            for (int read = 0; read >= 0; read = client.getInputStream().read(buffer)) {
                count += read;
            }
            return count;
        } catch (java.io.IOException reset) {
            return 0;
        } catch (InterruptedException nobodyWaits) {
            Thread.currentThread().interrupt();
            return Integer.MAX_VALUE;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TYPE + "Transfer-Encoding: chunked\r\n\r\n@;name=value\r\n#\r\n0\r\nX-Trailer: x\r\n\r\n",
                TYPE + "Transfer-Encoding: Chunked\r\nContent-Length: 5\r\n\r\n@\r\n#\r\n000\r\n\r\n",
                TYPE + "X-Long: begins\r\n   and goes on\r\nContent-Length: $\r\n\r\n#",
                TYPE + "Content-Length: $, $\r\nContent-Length: $\r\n\r\n#",
                "HTTP/1.0 200\r\nContent-Type: application/json\r\n\r\n#",
                "HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: $\n\n#"
            })
    void readsWhateverFormHttpAllows(String answer) {
        String raw = answer.replace("@", Integer.toHexString(JSON.length()))
                .replace("$", String.valueOf(JSON.length()))
                .replace("#", JSON);
        chat.fake.enqueue(Answer.raw(raw.getBytes(UTF_8)));

        assertThat(chat.answer(chat.definition().build())).isEqualTo("fine");
        assertThat(chat.answer(chat.definition().build())).isNotEqualTo("fine");
    }

    private ProviderException failure(Definition definition, String text) {
        try (var stream = chat.client(definition).stream(
                ChatFixture.request().message(ChatMessage.user(text)).build())) {
            return catchThrowableOfType(ProviderException.class, stream::next);
        }
    }

    private Definition at(ServerSocket server) {
        HttpSettings patient = ChatFixture.quick(0);
        return chat.definition()
                .baseUrl(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1"))
                .http(new HttpSettings(
                        patient.connect(),
                        Optional.of(Timeout.of(PATIENCE)),
                        Timeout.of(PATIENCE),
                        Timeout.OFF,
                        patient.retries()))
                .build();
    }
}
