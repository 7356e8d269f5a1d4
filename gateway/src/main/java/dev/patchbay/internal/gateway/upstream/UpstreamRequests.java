package dev.patchbay.internal.gateway.upstream;

import dev.patchbay.provider.Origin;
import dev.patchbay.spi.HttpCall;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;

/** How a call is told to Vert.x. */
final class UpstreamRequests {

    /** Above every limit of a provider file that the exchange itself watches. */
    private static final long VERTX_CONNECT_MILLIS = 3_600_000;

    private UpstreamRequests() {}

    static RequestOptions options(HttpCall call, ProxyChoice way) {
        URI url = call.uri();
        Origin origin = Origin.of(url).orElseThrow();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setHost(bare(origin.host()))
                .setPort(origin.port())
                .setSsl(origin.scheme().equals("https"))
                .setURI(target(url))
                .setFollowRedirects(false)
                .setConnectTimeout(VERTX_CONNECT_MILLIS);
        for (Map.Entry<String, String> header : call.headers()) {
            options.addHeader(header.getKey(), header.getValue());
        }
        way.set(options);
        return options;
    }

    /** Whether the other side ended the connection, rather than something on the way. */
    static boolean isClosed(Throwable failure) {
        return failure instanceof HttpClosedException;
    }

    private static String target(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** Without the brackets of an IPv6 address. */
    static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
