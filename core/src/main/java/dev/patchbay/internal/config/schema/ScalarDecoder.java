package dev.patchbay.internal.config.schema;

import dev.patchbay.provider.Timeout;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

/**
 * A single value: what it may look like, and what its text means once that has been checked.
 *
 * @param decoder never asked for a text that is not of the shape
 */
record ScalarDecoder<T>(Shape.Scalar shape, Function<String, T> decoder) {

    static final ScalarDecoder<String> TEXT = text(ScalarType.TEXT);
    static final ScalarDecoder<Boolean> BOOLEAN = new ScalarDecoder<>(ScalarType.BOOLEAN, Boolean::valueOf);
    static final ScalarDecoder<Integer> COUNT = new ScalarDecoder<>(ScalarType.COUNT, ScalarDecoder::whole);
    static final ScalarDecoder<Integer> POSITIVE = new ScalarDecoder<>(ScalarType.POSITIVE, ScalarDecoder::whole);
    static final ScalarDecoder<BigDecimal> DECIMAL = new ScalarDecoder<>(
            ScalarType.DECIMAL, text -> NumberSyntax.decimal(text).orElseThrow());
    static final ScalarDecoder<Duration> DURATION = new ScalarDecoder<>(
            ScalarType.DURATION, text -> DurationText.parse(text).orElseThrow());
    static final ScalarDecoder<Timeout> TIMEOUT = new ScalarDecoder<>(
            ScalarType.TIMEOUT,
            text -> DurationText.parse(text).map(Timeout::of).orElse(Timeout.OFF));
    static final ScalarDecoder<URI> BASE_URL = new ScalarDecoder<>(ScalarType.BASE_URL, URI::create);

    private ScalarDecoder(ScalarType type, Function<String, T> decoder) {
        this(Shape.Scalar.of(type), decoder);
    }

    /** A value that stays the text it is. */
    static ScalarDecoder<String> text(ScalarType type) {
        return new ScalarDecoder<>(type, text -> text);
    }

    static ScalarDecoder<String> oneOf(String... values) {
        return new ScalarDecoder<>(Shape.Scalar.oneOf(values), text -> text);
    }

    private static Integer whole(String text) {
        return NumberSyntax.count(text).orElseThrow();
    }
}
