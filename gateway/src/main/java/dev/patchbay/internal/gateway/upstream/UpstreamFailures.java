package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.internal.http.NetworkFailures;
import dev.patchbay.internal.http.ProxyFailures;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.spi.ProviderException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.proxy.HttpProxyHandler.HttpProxyConnectException;
import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.MultiMap;
import java.io.EOFException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What failures of Vert.x and Netty mean. */
final class UpstreamFailures {

    /** Netty says it in words only. */
    private static final Pattern TUNNEL = Pattern.compile("status: (\\d{3})");

    private final NetworkFailures network;
    private final @Nullable ProxyFailures proxy;

    private UpstreamFailures(NetworkFailures network, @Nullable ProxyFailures proxy) {
        this.network = network;
        this.proxy = proxy;
    }

    /** @param through the proxy on the way; null: none */
    static UpstreamFailures of(Origin origin, HttpSettings limits, @Nullable ProxyServer through) {
        NetworkFailures direct = new NetworkFailures(origin, limits);
        return through == null
                ? new UpstreamFailures(direct, null)
                : new UpstreamFailures(direct.through(through), new ProxyFailures(through, origin));
    }

    NetworkFailures network() {
        return network;
    }

    /** For an exchange without an answer; may take another connection where {@link #mayWait} says so. */
    ProviderException of(Throwable failure) {
        Optional<ProviderException> refused = refusedTunnel(failure);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (failure instanceof TooLongFrameException) {
            return network.overlong(failure instanceof BodyTap.OnlyAnnouncedException, failure);
        }
        if (isUnreadable(failure)) {
            return network.unreadable(reason(failure), failure);
        }
        return network.of(UpstreamRequests.isClosed(failure) ? new EOFException("closed without an answer") : failure);
    }

    /** Whether an answer came that the codec could not read. */
    static boolean isUnreadable(Throwable failure) {
        return failure instanceof IllegalArgumentException || failure instanceof DecoderException;
    }

    /** What is wrong with a head. Never in the words of the codec: they repeat the head, whatever it holds. */
    private static String reason(Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        if (said.contains("Content-Length") || said.contains("Transfer-Encoding")) {
            return "its length is no number, or said in two ways";
        }
        if (failure instanceof NumberFormatException) {
            return "its status is no number";
        }
        return said.contains("header") ? "a header has characters that none may have" : "";
    }

    /** Whether to explain it takes a look at a certificate. */
    static boolean mayWait(Throwable failure) {
        return failure instanceof SSLException;
    }

    /** Whether it would fail the same way at once again. */
    static boolean isLasting(Throwable failure) {
        return failure instanceof SSLException
                || failure instanceof ProviderException
                || failure instanceof ProxyConnectException;
    }

    /** What it means where a proxy, and not the upstream, asks for a password. */
    Optional<ProviderException> byProxy(int status, MultiMap headers) {
        return proxy == null || status != ProxyFailures.AUTHENTICATION_REQUIRED
                ? Optional.empty()
                : Optional.of(proxy.answered(status, headers.getAll("proxy-authenticate")));
    }

    private Optional<ProviderException> refusedTunnel(Throwable failure) {
        Matcher said = TUNNEL.matcher(String.valueOf(failure.getMessage()));
        if (proxy == null || !(failure instanceof ProxyConnectException) || !said.find()) {
            return Optional.empty();
        }
        return Optional.of(proxy.answered(Integer.parseInt(said.group(1)), schemes(failure)));
    }

    private static List<String> schemes(Throwable failure) {
        HttpHeaders headers = failure instanceof HttpProxyConnectException refused ? refused.headers() : null;
        return headers == null ? List.of() : headers.getAll("proxy-authenticate");
    }
}
