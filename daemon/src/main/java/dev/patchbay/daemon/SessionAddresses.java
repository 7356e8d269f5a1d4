package dev.patchbay.daemon;

import dev.patchbay.Patchbay;
import dev.patchbay.daemon.rest.RestApi;
import dev.patchbay.gateway.GatewayAddress;
import dev.patchbay.gateway.ListedModel;
import dev.patchbay.gateway.ModelRouting;
import dev.patchbay.internal.route.Route;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.session.SessionStateException;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gateway's address of each session, where every model's name means the session's own model at its own provider. Safe for use by
 * several threads.
 */
final class SessionAddresses implements Function<String, Optional<GatewayAddress>> {

    private static final Pattern PATH =
            Pattern.compile("(" + RestApi.BASE + "/(?:sessions/([^/]+)/llm|anthropic_proxy/([^/]+)))/v1/.*");

    private final Patchbay patchbay;
    private final Supplier<Secret> token;

    SessionAddresses(Patchbay patchbay, Supplier<Secret> token) {
        this.patchbay = patchbay;
        this.token = token;
    }

    @Override
    public Optional<GatewayAddress> apply(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String id = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        return Optional.of(GatewayAddress.guarded(matcher.group(1), new OfSession(id), token));
    }

    private final class OfSession implements ModelRouting {

        private final String sessionId;

        private OfSession(String sessionId) {
            this.sessionId = sessionId;
        }

        /** The store is asked, for which an event loop must not wait. */
        @Override
        public Optional<Route> route(RegistrySnapshot registry, String model, boolean mayWait) {
            return mayWait ? Optional.of(route(registry)) : Optional.empty();
        }

        private Route route(RegistrySnapshot registry) {
            try {
                return patchbay.route(registry, sessionId);
            } catch (SessionStateException unknown) {
                boolean none = unknown.kind() == SessionStateException.Kind.UNKNOWN;
                throw ProviderException.builder(
                                none ? ProviderException.Kind.NOT_FOUND : ProviderException.Kind.INVALID_REQUEST,
                                String.valueOf(unknown.getMessage()))
                        .status(none ? 404 : 409)
                        .cause(unknown)
                        .build();
            }
        }

        @Override
        public List<ListedModel> models(RegistrySnapshot registry) {
            return List.of(model(registry, ""));
        }

        @Override
        public ListedModel model(RegistrySnapshot registry, String name) {
            return new ListedModel(
                    route(registry).requestedModel(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
        }
    }
}
