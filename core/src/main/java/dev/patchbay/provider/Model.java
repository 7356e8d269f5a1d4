package dev.patchbay.provider;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
        Map<String, @Nullable Object> quirks) {

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

    /** Prices in USD per million tokens. */
    public record Price(
            Optional<BigDecimal> input,
            Optional<BigDecimal> output,
            Optional<BigDecimal> cacheRead,
            Optional<BigDecimal> cacheWrite) {}
}
