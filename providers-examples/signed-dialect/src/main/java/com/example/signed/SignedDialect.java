package com.example.signed;

import dev.patchbay.spi.Capability;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.DialectCodec;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderDefinition;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A dialect that only translates, with options, among them a secret. */
final class SignedDialect implements Dialect {

    static final String REGION = "region";
    static final String TENANT_TOKEN = "tenantToken";
    static final String LABELS = "labels";
    static final String MAX_WAIT = "maxWait";

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    @Override
    public String id() {
        return "acme";
    }

    /** The host checks types and allowed values, and points at the line of the provider file that is wrong. */
    @Override
    public List<Option> options() {
        return List.of(
                Option.of(REGION, Option.Type.STRING)
                        .oneOf("eu", "us")
                        .withDefault("eu")
                        .describedAs("Where the model runs."),
                Option.of(TENANT_TOKEN, Option.Type.SECRET)
                        .required()
                        .describedAs("Says which tenant pays; from the account page."),
                Option.of(LABELS, Option.Type.STRING_LIST).describedAs("Labels for the bill."),
                Option.of(MAX_WAIT, Option.Type.DURATION)
                        .withDefault(Duration.ofSeconds(30))
                        .describedAs("How long a request may wait for a free model, at most 10m."));
    }

    /** What the list of options cannot express. */
    @Override
    public List<Problem> validate(ProviderDefinition definition) {
        Duration wait = definition.options().duration(MAX_WAIT).orElseThrow();
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            return List.of(new Problem("options." + MAX_WAIT, "the provider accepts at most 10m"));
        }
        return List.of();
    }

    /** What a provider of this protocol can be asked for; the host refuses or leaves out the rest. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public Optional<DialectCodec> codec(ProviderDefinition definition) {
        return Optional.of(new SignedCodec(definition));
    }
}
