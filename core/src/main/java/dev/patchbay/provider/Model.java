package dev.patchbay.provider;

import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A model that a provider lists (provider-files.md, section 2.1). What the file does not say is unknown, never made up.
 *
 * @param id the name in our registry
 * @param upstreamId the name on the wire, byte for byte
 * @param name for people
 * @param context most tokens of input and output together
 * @param maxOutput most tokens of output
 * @param input what it reads: {@code text}, {@code image}, {@code pdf}; empty: unknown
 * @param tools whether it calls tools
 * @param price what it costs
 * @param body body rules applied after the provider's
 * @param quirks quirks that differ from the provider's, by their keys in the file
 * @param dialect what sessions speak with it; empty: what they speak with the provider
 * @param firstByteTimeout until the head of its answer; empty: as long as the provider's others may take
 */
public record Model(
        String id,
        String upstreamId,
        Optional<String> name,
        OptionalInt context,
        OptionalInt maxOutput,
        List<String> input,
        Optional<Boolean> tools,
        Optional<Price> price,
        BodyRules body,
        Map<String, @Nullable Object> quirks,
        Optional<String> dialect,
        Optional<Timeout> firstByteTimeout) {

    /** A model that is spoken to like the provider's others. */
    public Model(
            String id,
            String upstreamId,
            Optional<String> name,
            OptionalInt context,
            OptionalInt maxOutput,
            List<String> input,
            Optional<Boolean> tools,
            Optional<Price> price,
            BodyRules body,
            Map<String, @Nullable Object> quirks) {
        this(
                id,
                upstreamId,
                name,
                context,
                maxOutput,
                input,
                tools,
                price,
                body,
                quirks,
                Optional.empty(),
                Optional.empty());
    }

    /** A model of which only the name is known. */
    public static Model named(String id) {
        return new Model(
                id,
                id,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                BodyRules.NONE,
                Map.of());
    }

    /** The same without what is secret in its body rules. */
    public Model withoutSecrets() {
        return with(body.withoutSecrets(), quirks);
    }

    /** The same with other quirks. */
    public Model withQuirks(Map<String, @Nullable Object> others) {
        return with(body, others);
    }

    private Model with(BodyRules rules, Map<String, @Nullable Object> others) {
        return new Model(
                id,
                upstreamId,
                name,
                context,
                maxOutput,
                input,
                tools,
                price,
                rules,
                others,
                dialect,
                firstByteTimeout);
    }

    /** Prices in USD per million tokens. */
    public record Price(
            Optional<BigDecimal> input,
            Optional<BigDecimal> output,
            Optional<BigDecimal> cacheRead,
            Optional<BigDecimal> cacheWrite) {

        private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

        /** What an answer costs in USD; empty if any count or price that it takes is unknown. */
        public Optional<BigDecimal> cost(Usage usage) {
            if (usage.inputTokens().isEmpty() || usage.outputTokens().isEmpty()) {
                return Optional.empty();
            }
            Optional<BigDecimal> sum = part(usage.inputTokens(), input);
            sum = add(sum, part(usage.outputTokens(), output));
            sum = add(sum, part(usage.cacheReadTokens(), cacheRead));
            return add(sum, part(usage.cacheCreationTokens(), cacheWrite));
        }

        private static Optional<BigDecimal> part(OptionalLong tokens, Optional<BigDecimal> pricePerMillion) {
            if (tokens.orElse(0) == 0) {
                return Optional.of(BigDecimal.ZERO);
            }
            return pricePerMillion.map(value ->
                    value.multiply(BigDecimal.valueOf(tokens.getAsLong())).divide(MILLION));
        }

        private static Optional<BigDecimal> add(Optional<BigDecimal> one, Optional<BigDecimal> other) {
            return one.flatMap(value -> other.map(value::add));
        }
    }
}
