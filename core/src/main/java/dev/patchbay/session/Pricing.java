package dev.patchbay.session;

import dev.patchbay.provider.Model;
import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/** What an answer cost, where every price and count that it takes is known. */
final class Pricing {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final Optional<Model.Price> price;

    Pricing(Optional<Model.Price> price) {
        this.price = price;
    }

    /** In USD; empty if anything it takes is unknown. */
    Optional<BigDecimal> cost(Usage usage) {
        if (price.isEmpty()
                || usage.inputTokens().isEmpty()
                || usage.outputTokens().isEmpty()) {
            return Optional.empty();
        }
        Model.Price known = price.get();
        Optional<BigDecimal> sum = part(usage.inputTokens(), known.input());
        sum = add(sum, part(usage.outputTokens(), known.output()));
        sum = add(sum, part(usage.cacheReadTokens(), known.cacheRead()));
        return add(sum, part(usage.cacheCreationTokens(), known.cacheWrite()));
    }

    private static Optional<BigDecimal> part(OptionalLong tokens, Optional<BigDecimal> pricePerMillion) {
        if (tokens.orElse(0) == 0) {
            return Optional.of(BigDecimal.ZERO);
        }
        return pricePerMillion.map(
                value -> value.multiply(BigDecimal.valueOf(tokens.getAsLong())).divide(MILLION));
    }

    private static Optional<BigDecimal> add(Optional<BigDecimal> one, Optional<BigDecimal> other) {
        return one.flatMap(value -> other.map(value::add));
    }
}
