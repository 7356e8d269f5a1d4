package dev.patchbay.internal.http.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection, on which requests follow each other. Used by one thread at a time; any may {@link #abort} it, and an interrupt
 * of the thread that waits does so too.
 */
public final class Connection {

    private final PeerAddress destination;
    private static final int LARGE = 256 * 1024;

    /** How long a server may leave a request unread to which it has begun to answer. */
    private static final int UNREAD_SECONDS = 1;

    private final Alarm alarm;
    private final ScheduledExecutorService timer;
    private final HostLookup hosts;
    private final ThreadFactory threads;
    private final ConnectionInput in = new ConnectionInput(Connection::unopened);
    private OutputStream out = OutputStream.nullOutputStream();
    private InputStream bytes = InputStream.nullInputStream();
    private @Nullable InputStream decrypted;
    private @Nullable EarlyAnswer early;
    private @Nullable SocketChannel channel;
    private @Nullable Future<InetAddress[]> lookup;
    private boolean sending;
    private boolean aborted;
    private LongSupplier end = System::nanoTime;
    private long idleSince;

    /** @param threads makes those that read while something is sent */
    Connection(PeerAddress destination, ScheduledExecutorService timer, HostLookup hosts, ThreadFactory threads) {
        this.destination = destination;
        this.threads = threads;
        this.hosts = hosts;
        this.timer = timer;
        this.alarm = new Alarm(timer, this::close);
    }

    /**
     * Connects, through a proxy and with TLS where the destination says so.
     *
     * @param time when it has to stand, as {@link System#nanoTime} tells it
     * @param proof for a proxy that is asked for a tunnel: the value of {@code Proxy-Authorization}
     * @throws SilenceException if it did not stand by then
     * @throws ClosedException if it was aborted
     * @throws TunnelRefusedException if a proxy did not open the tunnel
     */
    public void open(long time, Optional<String> proof) throws IOException {
        waitUntil(() -> time);
        alarm.set(time);
        try {
            Socket socket = connect();
            socket.setTcpNoDelay(true);
            use(socket);
            if (destination.isTunnelled()) {
                openTunnel(proof);
            }
            SSLContext tls = destination.tls();
            if (tls != null) {
                SSLSocket secured = secured(socket, tls);
                use(secured);
                decrypted = secured.getInputStream();
            }
        } catch (IOException e) {
            throw explained(e);
        } finally {
            alarm.unset();
        }
    }

    /**
     * Sets how long every wait from now on may take.
     *
     * @param time asked before each: when it has to end, as {@link System#nanoTime} tells it
     */
    public void waitUntil(LongSupplier time) {
        end = time;
    }

    /** Sends a request. Where that fails, the other side may have answered before, and have read nothing since. */
    public void send(byte[] head, byte[] body) throws IOException {
        in.begin();
        alarm.set(end.getAsLong());
        Future<?> watch = null;
        if (body.length > LARGE) {
            sending(true);
            watch = timer.scheduleWithFixedDelay(new UnreadRequest(), UNREAD_SECONDS, UNREAD_SECONDS, TimeUnit.SECONDS);
        }
        try {
            in.write(head, body, out);
        } catch (IOException e) {
            throw explained(e);
        } finally {
            alarm.unset();
            if (watch != null) {
                watch.cancel(false);
                sending(false);
            }
        }
    }

    /** Waits for the head of the answer. */
    public ResponseHead head() throws IOException {
        try {
            return ResponseHead.read(in);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** The body behind a head. */
    public ResponseBody body(ResponseHead head, ResponseBody.Ending ending) throws IOException {
        return new ResponseBody(this, in, head, ending);
    }

    /** Whether something came of the answer to the last request. */
    public boolean isAnswered() {
        return in.sawSomething();
    }

    /** Ends it at once, whoever waits for it. */
    public void abort() {
        synchronized (this) {
            aborted = true;
        }
        close();
    }

    /** What a failure was, where it is this side that ended the wait. */
    IOException explained(IOException failure) {
        if (alarm.hasRung()) {
            return new SilenceException();
        }
        return isAborted() || Thread.currentThread().isInterrupted() ? new ClosedException() : failure;
    }

    PeerAddress destination() {
        return destination;
    }

    long idleSince() {
        return idleSince;
    }

    /** Nobody uses it from now on. */
    void rest() {
        alarm.stop();
        idleSince = System.nanoTime();
    }

    /** Whether the other side left it as it was: neither closed it nor sent what nobody asked for. */
    boolean isFresh() {
        SocketChannel open = channel();
        try {
            if (open == null || in.buffered() > 0 || (decrypted != null && decrypted.available() > 0)) {
                return false;
            }
            open.configureBlocking(false);
            int count = open.read(ByteBuffer.allocate(1));
            open.configureBlocking(true);
            return count == 0;
        } catch (IOException broken) {
            return false;
        }
    }

    void close() {
        alarm.stop();
        SocketChannel open;
        Future<InetAddress[]> asked;
        synchronized (this) {
            open = channel;
            asked = lookup;
        }
        if (asked != null) {
            asked.cancel(false);
        }
        if (open != null) {
            try {
                // Not the socket of TLS, which would wait for whoever writes.
                open.close();
            } catch (IOException ignored) {
                // There is nothing to be done about it.
            }
        }
    }

    private synchronized @Nullable SocketChannel channel() {
        return channel;
    }

    private synchronized boolean isAborted() {
        return aborted;
    }

    private Socket connect() throws IOException {
        PeerAddress.Proxy proxy = destination.proxy();
        String host = proxy == null ? destination.host() : proxy.host();
        int port = proxy == null ? destination.port() : proxy.port();
        IOException failure = null;
        for (InetAddress address : addresses(host)) {
            SocketChannel attempt = begin();
            try {
                attempt.connect(new InetSocketAddress(address, port));
                return attempt.socket();
            } catch (ConnectException | NoRouteToHostException e) {
                failure = e;
            } catch (IOException e) {
                failure = new ConnectException(e.getMessage());
                failure.initCause(e);
            }
            attempt.close();
        }
        throw failure == null ? new ConnectException("the host has no address") : failure;
    }

    private InetAddress[] addresses(String host) throws IOException {
        Future<InetAddress[]> asked = hosts.begin(host);
        synchronized (this) {
            lookup = asked;
            if (aborted || alarm.hasRung()) {
                throw new ClosedException();
            }
        }
        try {
            return asked.get();
        } catch (CancellationException ended) {
            throw new ClosedException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedException();
        } catch (ExecutionException e) {
            IOException unknown = new UnknownHostException(host);
            unknown.initCause(e.getCause());
            throw unknown;
        } finally {
            synchronized (this) {
                lookup = null;
            }
        }
    }

    private SocketChannel begin() throws IOException {
        SocketChannel attempt = SocketChannel.open();
        synchronized (this) {
            channel = attempt;
            if (!aborted && !alarm.hasRung()) {
                return attempt;
            }
        }
        attempt.close();
        throw new ClosedException();
    }

    private void use(Socket socket) throws IOException {
        out = socket.getOutputStream();
        bytes = socket.getInputStream();
        in.from((target, offset, length) -> {
            alarm.set(end.getAsLong());
            try {
                return read(target, offset, length);
            } finally {
                alarm.unset();
            }
        });
    }

    private int read(byte[] target, int offset, int length) throws IOException {
        EarlyAnswer begun = early();
        if (begun == null) {
            return bytes.read(target, offset, length);
        }
        try {
            return begun.take(target, offset, length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new ClosedException();
        }
    }

    /** What was read while something was sent; null where all of it was taken. */
    private synchronized @Nullable EarlyAnswer early() {
        if (early != null && early.isTaken()) {
            early = null;
        }
        return early;
    }

    private synchronized void sending(boolean on) {
        sending = on;
    }

    private synchronized void readEarly() {
        if (sending && early == null) {
            early = new EarlyAnswer(bytes, ConnectionInput.SIZE, this::sendNoMore);
            threads.newThread(early).start();
        }
    }

    private synchronized void sendNoMore() {
        try {
            if (sending && channel != null) {
                channel.shutdownOutput();
            }
        } catch (IOException closed) {
            // Whoever writes finds out by itself.
        }
    }

    private void openTunnel(Optional<String> proof) throws IOException {
        String authority = destination.authority();
        String head = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n"
                + proof.map(value -> "Proxy-Authorization: " + value + "\r\n").orElse("") + "\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        ResponseHead answer = ResponseHead.read(in);
        if (answer.status() >= 300) {
            throw new TunnelRefusedException(answer);
        }
        if (in.buffered() > 0) {
            throw new ProtocolException("the proxy sent something into the tunnel");
        }
    }

    private SSLSocket secured(Socket socket, SSLContext tls) throws IOException {
        SSLSocket secured =
                (SSLSocket) tls.getSocketFactory().createSocket(socket, destination.host(), destination.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static int unopened(byte[] target, int offset, int length) {
        throw new IllegalStateException("the connection is not open");
    }

    /** Looks for an answer where the other side does not read on, which the writing thread would never see. */
    private final class UnreadRequest implements Runnable {

        private long before = -1;

        @Override
        public void run() {
            SocketChannel open = channel();
            long now = in.written();
            try {
                if (now == before
                        && open != null
                        && open.socket().getInputStream().available() > 0) {
                    readEarly();
                }
            } catch (IOException closed) {
                // Whoever writes finds out by itself.
            }
            before = now;
        }
    }
}
