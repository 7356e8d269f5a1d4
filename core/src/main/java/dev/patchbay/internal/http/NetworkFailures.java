package dev.patchbay.internal.http;

import dev.patchbay.internal.http.socket.ClosedException;
import dev.patchbay.internal.http.socket.OverlongHeadException;
import dev.patchbay.internal.http.socket.SilenceException;
import dev.patchbay.internal.http.socket.TunnelRefusedException;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.Timeout;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words why there is no answer: which host, what failed, what to do. */
public final class NetworkFailures {

    private final Origin origin;
    private final HttpSettings settings;
    private final @Nullable ProxyServer proxy;

    /** @param settings the limits that the exchange had */
    public NetworkFailures(Origin origin, HttpSettings settings) {
        this(origin, settings, null);
    }

    private NetworkFailures(Origin origin, HttpSettings settings, @Nullable ProxyServer proxy) {
        this.origin = origin;
        this.settings = settings;
        this.proxy = proxy;
    }

    /** The same for an exchange that went through a proxy. */
    public NetworkFailures through(ProxyServer server) {
        return new NetworkFailures(origin, settings, server);
    }

    /** For an exchange that broke before its answer began. */
    public ProviderException of(Throwable failure) {
        if (failure instanceof ProviderException known) {
            return known;
        }
        if (proxy != null && failure instanceof TunnelRefusedException refused) {
            return new ProxyFailures(proxy, origin).answered(refused.status(), refused.schemes());
        }
        Integer tunnel = ProxyFailures.tunnelStatus(failure);
        if (proxy != null && tunnel != null) {
            return new ProxyFailures(proxy, origin).answered(tunnel, List.of());
        }
        if (has(failure, HttpConnectTimeoutException.class)) {
            return notConnectedInTime(failure);
        }
        if (has(failure, SSLException.class)) {
            return TlsFailures.of(find(failure, SSLException.class).orElseThrow(), origin, settings.tls(), proxy);
        }
        return isUnconnected(failure) ? notConnected(failure) : broken(failure);
    }

    /** For a connection that did not stand in time. */
    public ProviderException notConnectedInTime(Throwable cause) {
        if (proxy != null) {
            return new ProxyFailures(proxy, origin).notConnectedInTime(cause, in(settings.connect()));
        }
        return network(
                cause,
                "no connection to " + origin + " within " + in(settings.connect()),
                "check the host and port of baseUrl, or raise http.connectTimeout");
    }

    /**
     * For an exchange that got no answer in time.
     *
     * @param whole whether the time for the exchange as a whole is over, rather than that for the first byte
     */
    public ProviderException silence(boolean whole) {
        return whole
                ? tooLong()
                : ProviderException.builder(
                                Kind.TIMEOUT,
                                "no answer from " + origin + " within "
                                        + in(settings.firstByte().orElse(Timeout.OFF)))
                        .help("try again, or raise http.firstByteTimeout in the provider's file")
                        .build();
    }

    /**
     * For an answer whose head cannot be read.
     *
     * @param reason what is wrong with it; empty if it is no head at all
     */
    public ProviderException unreadable(String reason, Throwable cause) {
        return reason.isEmpty()
                ? network(
                        cause,
                        origin + " answered something that is not HTTP",
                        "check the port of baseUrl, and whether it must begin with https://")
                : network(
                        cause,
                        origin + " answered with a head that is not as HTTP has it: " + reason,
                        "tell whoever runs that server, or a proxy before it");
    }

    /** For an answer that broke off. */
    ProviderException inside(IOException failure, boolean whole) {
        if (failure instanceof ClosedException) {
            return cancelled();
        }
        if (failure instanceof SilenceException) {
            return stalled(whole);
        }
        return failure instanceof UnreadableBodyException unreadable ? unreadable.failure() : brokenInside(failure);
    }

    /**
     * For an answer that began and then stopped coming.
     *
     * @param whole whether the time for the exchange as a whole is over, rather than that between two pieces
     */
    public ProviderException stalled(boolean whole) {
        return whole ? tooLong() : idle();
    }

    /** For an answer that was kept open for so long without saying anything. */
    public ProviderException keptOpen(Duration limit) {
        return ProviderException.builder(
                        Kind.TIMEOUT,
                        origin + " kept its answer open for " + text(limit) + " with comments, pings or blanks alone")
                .help("try again later, or take another model or provider")
                .build();
    }

    /** For an answer whose connection broke. */
    public ProviderException brokenInside(Throwable failure) {
        return ProviderException.builder(Kind.SERVER, origin + " broke the connection inside its answer")
                .cause(failure)
                .help("try again; if it stays, ask for a shorter answer, or check what lies between")
                .build();
    }

    static ProviderException cancelled() {
        return new ProviderException(Kind.CANCELLED, "the request was cancelled");
    }

    /** For whoever asks when the {@code Patchbay} that its client came from is closed. */
    static ProviderException closed() {
        return new ProviderException(Kind.CANCELLED, "this Patchbay is closed");
    }

    private ProviderException idle() {
        return ProviderException.builder(
                        Kind.TIMEOUT, origin + " began to answer and then sent nothing for " + in(settings.idle()))
                .help("try again, or raise http.idleTimeout in the provider's file")
                .build();
    }

    private ProviderException tooLong() {
        return ProviderException.builder(
                        Kind.TIMEOUT, origin + " did not finish its answer within " + in(settings.total()))
                .help("raise http.totalTimeout in the provider's file, or ask for less")
                .build();
    }

    private ProviderException notConnected(Throwable failure) {
        if (proxy != null) {
            return new ProxyFailures(proxy, origin).notConnected(failure);
        }
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return network(
                    failure,
                    "there is no host named " + origin.host(),
                    "check the spelling of baseUrl and the network connection");
        }
        if (has(failure, NoRouteToHostException.class)) {
            return network(failure, "there is no way to " + origin, "check the network connection");
        }
        return network(
                failure,
                origin + " refused the connection",
                origin.isLocal()
                        ? "start the server, or check the port of baseUrl"
                        : "check the host and port of baseUrl");
    }

    private ProviderException broken(Throwable failure) {
        Optional<OverlongHeadException> overlong = find(failure, OverlongHeadException.class);
        if (overlong.isPresent()) {
            return overlong(overlong.get().isAnnounced(), failure);
        }
        if (has(failure, ProtocolException.class)) {
            return unreadable("", failure);
        }
        boolean closed =
                !has(failure, SocketException.class) && (has(failure, EOFException.class) || saysNothingCame(failure));
        String what = closed ? " closed the connection without an answer" : " broke the connection before it answered";
        return network(failure, origin + what, "try again; if it stays, check baseUrl and what lies between");
    }

    /**
     * For more before an answer than anybody has use for.
     *
     * @param announced whether most of it only announced another head (100 to 199)
     */
    public ProviderException overlong(boolean announced, Throwable cause) {
        String what = announced
                ? " announced an answer again and again (100 to 199), and gave none"
                : " sent more than " + (OverlongHeadException.MOST_BYTES >> 10) + " KiB of headers";
        return network(cause, origin + what, "the fault is the provider's, or of what lies between; try again");
    }

    /** Whether a connection that stood broke before an answer began, as a stale one does. */
    static boolean isBreak(Throwable failure) {
        return has(failure, IOException.class)
                && !isUnconnected(failure)
                && !has(failure, HttpTimeoutException.class)
                && !has(failure, SSLException.class)
                && !has(failure, ProtocolException.class)
                && ProxyFailures.tunnelStatus(failure) == null;
    }

    private static boolean isUnconnected(Throwable failure) {
        return has(failure, ConnectException.class)
                || has(failure, NoRouteToHostException.class)
                || has(failure, UnknownHostException.class);
    }

    /** The JDK says it in words only. */
    private static boolean saysNothingCame(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("received no bytes")) {
                return true;
            }
        }
        return false;
    }

    static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return find(failure, type).isPresent();
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static ProviderException network(Throwable cause, String message, String help) {
        return ProviderException.builder(Kind.NETWORK, message)
                .cause(cause)
                .help(help)
                .build();
    }

    static String in(Timeout timeout) {
        return timeout.limit().map(NetworkFailures::text).orElse("any time");
    }

    private static String text(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }
}
