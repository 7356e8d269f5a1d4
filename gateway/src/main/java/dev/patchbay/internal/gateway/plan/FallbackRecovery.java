package dev.patchbay.internal.gateway.plan;

import dev.patchbay.codec.Bodies;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.config.secret.CommandFailure;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.route.Route;
import dev.patchbay.session.Fallbacks;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Goes on with the fallbacks that provider files name (provider-files.md, section 2, {@code fallback}). */
public final class FallbackRecovery implements FailureRecovery {

    private final Vertx vertx;
    private final Planner planner;
    private final ReceivedRequest ask;
    private final Fallbacks fallbacks;
    private final BiConsumer<Plan, ProviderException> next;

    /**
     * @param fallbacks of the first route
     * @param next carries out a plan, on the event loop; is told why
     */
    public FallbackRecovery(
            Vertx vertx,
            Planner planner,
            ReceivedRequest ask,
            Fallbacks fallbacks,
            BiConsumer<Plan, ProviderException> next) {
        this.vertx = vertx;
        this.planner = planner;
        this.ask = ask;
        this.fallbacks = fallbacks;
        this.next = next;
    }

    /** Off the event loop, since the fallback's key may have to be waited for. */
    @Override
    public void take(Route failed, ProviderException failure, Consumer<String> otherwise) {
        vertx.executeBlocking(() -> plan(failed, failure), false).onComplete(found -> {
            if (found.failed()) {
                // Logs what should not happen; the client hears of the provider's failure, not of ours.
                GatewayFailures.of(found.cause());
            }
            Optional<Plan> plan = found.succeeded() ? found.result() : Optional.empty();
            plan.ifPresentOrElse(
                    decided -> next.accept(decided, failure), () -> otherwise.accept(fallbacks.passedOver()));
        });
    }

    /** A fallback that cannot take this request gives way to the one behind it. */
    private Optional<Plan> plan(Route failed, ProviderException failure) {
        Optional<Route> route = fallbacks.after(failed, failure);
        boolean held = route.isPresent() && ask.isHeldUpstream();
        while (route.isPresent()) {
            try {
                if (held) {
                    throw Bodies.invalid("the conversation lies with " + failed.provider());
                }
                return Optional.of(planner.plan(ask, route.get()));
            } catch (ProviderException | ConfigurationException unfit) {
                ProviderException why = CommandFailure.withoutOutput(GatewayFailures.of(unfit));
                route = fallbacks.inPlaceOf(route.get(), why, failure);
            }
        }
        return Optional.empty();
    }
}
