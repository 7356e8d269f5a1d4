package dev.patchbay.gateway;

import dev.patchbay.http.Proxies;
import dev.patchbay.registry.RegistrySnapshot;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a gateway was built with; {@link Gateway.Builder} says what each member means.
 */
record GatewaySettings(
        Supplier<RegistrySnapshot> registry,
        Proxies proxies,
        String host,
        int port,
        GatewayAddress main,
        Function<String, Optional<GatewayAddress>> addresses,
        Set<String> hosts,
        int maxRequestBytes,
        Duration clientTimeout,
        Duration pingAfter,
        Duration grace,
        Consumer<AccessRecord> accessLog,
        Handler<HttpServerRequest> otherwise) {}
