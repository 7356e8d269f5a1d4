package dev.patchbay.internal.gateway.accept;

import dev.patchbay.gateway.AccessRecord;
import dev.patchbay.gateway.GatewayAddress;
import dev.patchbay.gateway.GatewayBuilder;
import dev.patchbay.gateway.HttpService;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a gateway was built with; {@link GatewayBuilder} says what each member means.
 */
public record GatewaySettings(
        String host,
        int port,
        GatewayAddress main,
        Function<String, Optional<GatewayAddress>> addresses,
        Set<String> hosts,
        AllowedOrigins origins,
        ClientLimits limits,
        long maxBufferedBytes,
        Duration pingAfter,
        Duration commentTimeout,
        Duration grace,
        Consumer<AccessRecord> accessLog,
        List<MeterBinder> meters,
        Handler<HttpServerRequest> otherwise,
        Optional<HttpService> service,
        Consumer<Throwable> fatal) {}
