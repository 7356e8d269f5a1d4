package dev.patchbay.store;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One call to a provider that no session made, such as one of a gateway: never a word of what was said. Immutable. */
public final class UpstreamCall {

    private final Instant at;
    private final String source;
    private final String outcome;
    private final @Nullable String provider;
    private final @Nullable String model;
    private final OptionalInt httpStatus;
    private final Usage usage;
    private final @Nullable BigDecimal costUsd;
    private final @Nullable Duration firstToken;
    private final @Nullable Duration duration;

    private UpstreamCall(Builder builder) {
        this.at = builder.at;
        this.source = builder.source;
        this.outcome = builder.outcome;
        this.provider = builder.provider;
        this.model = builder.model;
        this.httpStatus = builder.httpStatus;
        this.usage = builder.usage;
        this.costUsd = builder.costUsd;
        this.firstToken = builder.firstToken;
        this.duration = builder.duration;
    }

    /**
     * A call of which nothing else is known.
     *
     * @param at when it ended
     * @param source who made it, in one word, such as {@code gateway}
     * @param outcome {@code completed}, {@code interrupted}, or the kind of its failure
     */
    public static Builder builder(Instant at, String source, String outcome) {
        return new Builder(at, source, outcome);
    }

    Instant at() {
        return at;
    }

    String source() {
        return source;
    }

    String outcome() {
        return outcome;
    }

    Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    Optional<String> model() {
        return Optional.ofNullable(model);
    }

    OptionalInt httpStatus() {
        return httpStatus;
    }

    Usage usage() {
        return usage;
    }

    Optional<BigDecimal> costUsd() {
        return Optional.ofNullable(costUsd);
    }

    Optional<Duration> firstToken() {
        return Optional.ofNullable(firstToken);
    }

    Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    /** Collects what is known of a call. Not safe for use by several threads. */
    public static final class Builder {

        private final Instant at;
        private final String source;
        private final String outcome;
        private @Nullable String provider;
        private @Nullable String model;
        private OptionalInt httpStatus = OptionalInt.empty();
        private Usage usage = Usage.unknown();
        private @Nullable BigDecimal costUsd;
        private @Nullable Duration firstToken;
        private @Nullable Duration duration;

        private Builder(Instant at, String source, String outcome) {
            this.at = requireNonNull(at, "at is null");
            this.source = requireNonNull(source, "source is null");
            this.outcome = requireNonNull(outcome, "outcome is null");
        }

        /** The provider that was asked, and the model on the wire. */
        public Builder asked(String providerId, String upstreamModel) {
            this.provider = requireNonNull(providerId, "providerId is null");
            this.model = requireNonNull(upstreamModel, "upstreamModel is null");
            return this;
        }

        /** The status of the answer. */
        public Builder httpStatus(int value) {
            this.httpStatus = OptionalInt.of(value);
            return this;
        }

        /** Tokens, as far as the provider said. */
        public Builder usage(Usage value) {
            this.usage = requireNonNull(value, "value is null");
            return this;
        }

        /** What it cost in USD. */
        public Builder costUsd(BigDecimal value) {
            this.costUsd = requireNonNull(value, "value is null");
            return this;
        }

        /** How soon the answer began. */
        public Builder firstToken(Duration value) {
            this.firstToken = requireNonNull(value, "value is null");
            return this;
        }

        /** How long all of it took. */
        public Builder duration(Duration value) {
            this.duration = requireNonNull(value, "value is null");
            return this;
        }

        public UpstreamCall build() {
            return new UpstreamCall(this);
        }
    }
}
