package dev.patchbay.session;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A field of an update: left alone, set to a value, or cleared. */
final class FieldChange<T> {

    private final boolean present;
    private final @Nullable T value;

    private FieldChange(boolean present, @Nullable T value) {
        this.present = present;
        this.value = value;
    }

    static <T> FieldChange<T> none() {
        return new FieldChange<>(false, null);
    }

    /** Sets the field; null clears it. */
    static <T> FieldChange<T> to(@Nullable T value) {
        return new FieldChange<>(true, value);
    }

    boolean isPresent() {
        return present;
    }

    /** The value, null if the field is left alone or cleared. */
    @Nullable T orNull() {
        return value;
    }

    void ifPresent(Consumer<@Nullable T> action) {
        if (present) {
            action.accept(value);
        }
    }
}
