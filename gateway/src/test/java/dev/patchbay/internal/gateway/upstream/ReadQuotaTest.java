package dev.patchbay.internal.gateway.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.TestCertificates;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream that sends as fast as it is read holds the event loop no longer than others can wait. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // What happens is seen on the wire.
class ReadQuotaTest {

    private static final int LENGTH = 4 << 20;

    /** Waits before anything is read; more than a turn, and no more than the buffers of the sockets take. */
    private static final int FIRST = 160 * 1024;

    /** By then it is known what the pieces are like. */
    private static final int SETTLED = 192 * 1024;

    private static final int TURN = 64 * 1024;
    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TempDir
    Path folder;

    private boolean slow;
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Netty reads sixteen times as much where nobody says otherwise, and TLS has read before anybody can. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsSixtyFourKibibytesInOneTurn(boolean encrypted) throws Exception {
        Turns turns = turns(encrypted, HEAD, "2000\r\n" + "x".repeat(0x2000) + "\r\n", LENGTH);

        assertThat(turns.mostBytes).isLessThanOrEqualTo(TURN);
    }

    @Test
    void readsAThousandTinyPiecesInOneTurn() throws Exception {
        Turns turns = turns(false, HEAD, "7\r\ndata:\n\n\r\n", LENGTH / 2);

        assertThat(turns.mostOfLateTurns).isLessThanOrEqualTo(1024);
    }

    @Test
    void readsAThousandInterimAnswersInOneTurn() throws Exception {
        Turns turns = turns(false, "", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", LENGTH / 2);

        assertThat(turns.mostOfLateTurns).isLessThanOrEqualTo(1024);
    }

    @Test
    void readsLessInOneTurnWhereEachTakesLong() throws Exception {
        slow = true;
        Turns turns = turns(false, HEAD, "2000\r\n" + "x".repeat(0x2000) + "\r\n", LENGTH / 4);

        assertThat(turns.mostBytesOfLateTurns).isLessThanOrEqualTo(TURN / 4);
    }

    private void take() {
        for (long end = System.nanoTime() + 3_000_000; slow && System.nanoTime() < end; ) {
            Thread.onSpinWait();
        }
    }

    /** What an exchange with a server takes at once that sends the same again and again, and then goes. */
    private Turns turns(boolean encrypted, String begin, String again, int length) throws Exception {
        Turns turns = new Turns();
        CompletableFuture<Void> filled = new CompletableFuture<>();
        CompletableFuture<Void> over = new CompletableFuture<>();
        ServerSocketFactory sockets = encrypted
                ? TestCertificates.create(folder).server().getServerSocketFactory()
                : ServerSocketFactory.getDefault();
        try (ServerSocket server = sockets.createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread sender = new Thread(() -> send(server, begin, again, length, filled), "flood");
            sender.start();
            HttpClientAgent client = vertx.createHttpClient(
                    new HttpClientOptions().setSsl(encrypted).setTrustAll(true).setVerifyHost(false));
            client.request(HttpMethod.GET, server.getLocalPort(), "127.0.0.1", "/")
                    .compose(request -> {
                        request.connection().closeHandler(ignored -> over.complete(null));
                        request.connection().exceptionHandler(ignored -> {});
                        BodyTap tap = requireNonNull(BodyTap.of(request.connection()));
                        Channel channel = ((ConnectionBase) request.connection()).channel();
                        turns.watch(channel.pipeline());
                        channel.config().setAutoRead(false);
                        filled.thenRun(() -> channel.config().setAutoRead(true));
                        return request.send().onSuccess(answer -> {
                            answer.exceptionHandler(ignored -> {});
                            tap.open(ignored -> take());
                        });
                    });
            over.get(50, TimeUnit.SECONDS);
            sender.join();
        }
        return turns;
    }

    private static void send(
            ServerSocket server, String begin, String again, int length, CompletableFuture<Void> filled) {
        byte[] many = again.repeat(Math.max(1, TURN / again.length())).getBytes(ISO_8859_1);
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[TURN]);
            socket.getOutputStream().write(begin.getBytes(ISO_8859_1));
            for (int sent = 0; sent < length; sent += many.length) {
                socket.getOutputStream().write(many);
                if (sent + many.length >= FIRST) {
                    filled.complete(null);
                }
            }
        } catch (IOException gone) {
            // What was read until then is looked at.
        }
    }

    /** Looks at what comes between two ends of reading. */
    private static final class Turns {

        private int mostBytes;
        private int mostOfLateTurns;
        private int mostBytesOfLateTurns;
        private int bytes;
        private int pieces;
        private long all;

        void watch(ChannelPipeline pipeline) {
            pipeline.addFirst(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext next, Object message) {
                    bytes += ((ByteBuf) message).readableBytes();
                    next.fireChannelRead(message);
                }
            });
            pipeline.addBefore("body-tap", "watch", new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext next, Object message) {
                    pieces++;
                    next.fireChannelRead(message);
                }

                @Override
                public void channelReadComplete(ChannelHandlerContext next) {
                    mostBytes = Math.max(mostBytes, bytes);
                    all += bytes;
                    mostOfLateTurns = all > SETTLED ? Math.max(mostOfLateTurns, pieces) : 0;
                    mostBytesOfLateTurns = all > SETTLED ? Math.max(mostBytesOfLateTurns, bytes) : 0;
                    bytes = 0;
                    pieces = 0;
                    next.fireChannelReadComplete();
                }
            });
        }
    }
}
