package dev.patchbay.session;

import dev.patchbay.provider.Model;
import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Supplier;

/** What an answer cost, where every price and count that it takes is known. */
final class Pricing {

    static final Pricing UNKNOWN = new Pricing(Optional::empty);

    private final Supplier<Optional<Model.Price>> known;

    /** @param known asked when there is something to pay */
    Pricing(Supplier<Optional<Model.Price>> known) {
        this.known = known;
    }

    /** In USD; empty if anything it takes is unknown. */
    Optional<BigDecimal> cost(Usage usage) {
        if (usage.inputTokens().isEmpty() || usage.outputTokens().isEmpty()) {
            return Optional.empty();
        }
        return known.get().flatMap(price -> price.cost(usage));
    }
}
