package dev.patchbay.testkit;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;

/**
 * A value of one option and what it does, for {@link DialectContract}.
 *
 * @param value of the Java type that {@link dev.patchbay.spi.Option.Type} names; not the default
 * @param effect asserts on a request that was made with this value
 */
public record OptionCase(Object value, Consumer<RecordedRequest> effect) {

    public OptionCase {
        requireNonNull(value, "value is null");
        requireNonNull(effect, "effect is null");
    }
}
