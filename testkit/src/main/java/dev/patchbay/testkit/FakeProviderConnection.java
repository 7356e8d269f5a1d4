package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * One connection of a client. It is read all the time, also while an answer is under way: only so is a client that leaves
 * noticed while nothing is being sent to it.
 */
final class FakeProviderConnection {

    private final int number;
    private final Socket wire;
    private final Socket socket;
    private final ReceivedBytes received;
    private final ExecutorService answering;
    private final CompletableFuture<Instant> clientGone = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile boolean closedHere;

    /**
     * A connection that is open.
     *
     * @param wire the TCP connection
     * @param socket what the client's bytes are read from: the same, or TLS on top of it
     */
    FakeProviderConnection(int number, Socket wire, Socket socket) throws IOException {
        this.number = number;
        this.wire = wire;
        this.socket = socket;
        this.received = new ReceivedBytes(socket.getInputStream());
        this.answering =
                Executors.newSingleThreadExecutor(task -> DaemonThread.of("fake-provider-answer-" + number, task));
    }

    int number() {
        return number;
    }

    /** What the TLS handshake came to; empty for a plain connection. */
    Optional<SSLSession> tlsSession() {
        return socket instanceof SSLSocket secure ? Optional.of(secure.getSession()) : Optional.empty();
    }

    byte[] received() {
        return received.bytes();
    }

    /** When the client ended the connection. */
    CompletableFuture<Instant> clientGone() {
        return clientGone;
    }

    /** Completes when the connection has ended, whoever did it. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Reads requests until the connection ends; they are answered one at a time, in order. */
    void serve(RequestReader.Taker taker, Replier replier) {
        try {
            RequestReader reader = new RequestReader(new BufferedInputStream(received));
            Optional<RecordedRequest> next = reader.next(this::goAhead, taker);
            while (next.isPresent()) {
                RecordedRequest request = next.get();
                answering.execute(() -> replier.reply(request));
                next = reader.next(this::goAhead, taker);
            }
            ended();
        } catch (IOException | IllegalArgumentException e) {
            ended();
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    interface Replier {
        void reply(RecordedRequest request);
    }

    private void goAhead() throws IOException {
        write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII));
    }

    private void noticeEnd() {
        if (!closedHere) {
            clientGone.complete(Instant.now());
        }
        over.complete(null);
    }

    private void ended() {
        noticeEnd();
        // A client that only ended its own half still gets what is being written.
        answering.execute(this::close);
        answering.shutdown();
    }

    void write(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            noticeEnd(); // a write can fail before the reader hears of it
            throw e;
        }
    }

    void close() {
        closedHere = true;
        try {
            socket.close();
            wire.close();
        } catch (IOException e) {
            over.complete(null); // it is closed all the same
        }
    }

    /** Linger 0 turns the end of the connection into a reset. */
    void reset() throws IOException {
        closedHere = true;
        wire.setSoLinger(true, 0);
        wire.close();
    }

    /** Ends the connection whatever is under way. */
    void abort() {
        over.complete(null);
        close();
    }
}
