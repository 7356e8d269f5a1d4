package dev.patchbay.gateway;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.Secret;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A path below which the gateway answers, such as {@code /sessions/42/llm}: where its requests go and who may use it.
 * Immutable.
 */
public final class GatewayAddress {

    private final String prefix;
    private final ModelRouting routing;
    private final @Nullable Supplier<Secret> token;

    private GatewayAddress(String prefix, ModelRouting routing, @Nullable Supplier<Secret> token) {
        this.prefix = requireNonNull(prefix, "prefix is null");
        this.routing = requireNonNull(routing, "routing is null");
        this.token = token;
    }

    /**
     * An address that everyone may use who reaches the port.
     *
     * @param prefix what stands before {@code /v1/…}; empty, or begins with a slash and does not end with one
     */
    public static GatewayAddress open(String prefix, ModelRouting routing) {
        return new GatewayAddress(prefix, routing, null);
    }

    /** An address for those who send a token, as {@code Authorization: Bearer} or as {@code x-api-key}. */
    public static GatewayAddress guarded(String prefix, ModelRouting routing, Secret token) {
        requireNonNull(token, "token is null");
        return guarded(prefix, routing, () -> token);
    }

    /** The same for a token that changes: asked for each request, on an event loop, so it must not wait. */
    public static GatewayAddress guarded(String prefix, ModelRouting routing, Supplier<Secret> token) {
        return new GatewayAddress(prefix, routing, requireNonNull(token, "token is null"));
    }

    public String prefix() {
        return prefix;
    }

    public ModelRouting routing() {
        return routing;
    }

    /** What its clients have to send; empty: nothing. */
    public Optional<Secret> token() {
        return Optional.ofNullable(token).map(Supplier::get);
    }
}
