package dev.patchbay.internal.config.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a value may look like. */
public sealed interface Shape {

    /** What it is, for messages: {@code a text}, {@code true or false}, {@code a list of texts}. */
    String words();

    /** Any value at all. */
    record Anything(String words) implements Shape {}

    /**
     * A single value.
     *
     * @param allowed the values accepted; empty: whatever the type accepts
     */
    record Scalar(ScalarType type, List<String> allowed) implements Shape {

        public Scalar {
            allowed = List.copyOf(allowed);
        }

        static Scalar of(ScalarType type) {
            return new Scalar(type, List.of());
        }

        static Scalar oneOf(String... values) {
            return new Scalar(ScalarType.TEXT, List.of(values));
        }

        @Override
        public String words() {
            if (allowed.isEmpty()) {
                return type.words();
            }
            return allowed.size() == 1 ? allowed.get(0) : "one of " + String.join(", ", allowed);
        }
    }

    /**
     * A secret, in one of the secret forms.
     *
     * @param mapping whether only those forms are meant that are a mapping
     */
    record SecretForm(boolean mapping) implements Shape {

        @Override
        public String words() {
            return "a secret such as $NAME";
        }
    }

    /** A list of values of one shape. */
    record ListOf(Shape item, boolean unique) implements Shape {

        @Override
        public String words() {
            return "a list";
        }
    }

    /**
     * A mapping with keys of the user's own.
     *
     * @param keys what a key may be
     * @param nullIsValue whether {@code null} is a value rather than the removal of an inherited entry
     */
    record MapOf(KeyType keys, Shape value, boolean nullIsValue) implements Shape {

        @Override
        public String words() {
            return "a mapping";
        }
    }

    /**
     * A mapping with keys from the table.
     *
     * @param title for messages: {@code a provider}, {@code auth}
     * @param extensible whether keys that begin with {@code x-} are ignored
     */
    record Table(String title, Map<String, Field<?>> fields, boolean extensible) implements Shape {

        /** The field of that name. */
        public Optional<Field<?>> field(String name) {
            return Optional.ofNullable(fields.get(name));
        }

        @Override
        public String words() {
            return "a mapping";
        }
    }

    /** One shape or another, told apart by whether the value is a scalar, a list or a mapping. */
    record Either(
            @Nullable Shape scalar,
            @Nullable Shape list,
            @Nullable Shape mapping,
            String words) implements Shape {}
}
