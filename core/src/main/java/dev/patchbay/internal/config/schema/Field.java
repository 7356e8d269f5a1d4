package dev.patchbay.internal.config.schema;

import static java.util.Objects.requireNonNull;

import dev.patchbay.internal.config.tree.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of the table, and the typed key that decoders read it by: everything that decoder, merge, messages, schema and
 * documentation know about it. Immutable.
 *
 * @param <T> what its text means; {@link Node} for what is no single value
 */
public final class Field<T> {

    private final String name;
    private final Shape shape;
    private final Function<String, T> decoder;
    private final Merge merge;
    private final boolean substituted;
    private final boolean bound;
    private final boolean exposing;
    private final List<String> harmless;
    private final boolean open;
    private final boolean later;
    private final boolean nullable;
    private final boolean required;
    private final String example;
    private final @Nullable String defaultText;
    private final List<String> known;
    private final List<String> alsoCalled;
    private final String description;

    /** Worked out when it is first asked for; a field is shared, and what it means cannot change. */
    private volatile @Nullable T defaultValue;

    private Field(Builder<T> builder) {
        this.name = builder.name;
        this.shape = builder.shape;
        this.decoder = builder.decoder;
        this.merge = builder.merge;
        this.substituted = builder.substituted;
        this.bound = builder.bound;
        this.exposing = builder.exposing;
        this.harmless = builder.harmless;
        this.open = builder.open;
        this.later = builder.later;
        this.nullable = builder.nullable;
        this.required = builder.required;
        this.example = builder.example;
        this.defaultText = builder.defaultText;
        this.known = builder.known;
        this.alsoCalled = builder.alsoCalled;
        this.description = builder.description;
    }

    /**
     * Starts a field that is replaced on merge and not substituted.
     *
     * @param example a line as it may stand in a file
     */
    static Builder<Node> named(String name, Shape shape, String example) {
        return new Builder<>(name, shape, example, text -> {
            throw new IllegalStateException(name + " is no single value");
        });
    }

    /** Starts a field with a single value. */
    static <T> Builder<T> named(String name, ScalarDecoder<T> value, String example) {
        return new Builder<>(name, value.shape(), example, value.decoder());
    }

    public String name() {
        return name;
    }

    public Shape shape() {
        return shape;
    }

    public Merge merge() {
        return merge;
    }

    /** Whether a {@code $} in its values begins a reference; holds for everything below it. */
    public boolean isSubstituted() {
        return substituted;
    }

    /** Whether the whole of it stays behind where the origin of the base URL changes (provider-files.md, section 4). */
    public boolean isBound() {
        return bound;
    }

    /**
     * Whether that value, where a definition sets it anew, lets somebody else see a key that it inherits.
     *
     * @param inherited whether what is inherited says the same; without a default it names what lies beside its own file
     */
    public boolean exposesKeys(String value, boolean inherited) {
        return exposing
                && !value.equals(defaultText)
                && !harmless.contains(value)
                && (defaultText == null || !inherited);
    }

    /** Whether nothing in it is a secret, though a reference may be: it is resolved when the file is read, and printed. */
    public boolean isOpen() {
        return open;
    }

    /** Whether it is reserved, and refused as not supported yet. */
    public boolean isLater() {
        return later;
    }

    /** Whether {@code null} is the same as leaving it out. */
    public boolean isNullable() {
        return nullable;
    }

    /** Whether the mapping that it is a field of is nothing without it, whatever else the definition says or extends. */
    public boolean isRequired() {
        return required;
    }

    /** A line as it may stand in a file. */
    public String example() {
        return example;
    }

    /** The value where nobody gives one, as a file would write it; empty if there is none that a file could write. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** What its text means, once it has been checked. */
    public T decode(String text) {
        return decoder.apply(text);
    }

    /** What {@link #defaultText} means. */
    public T defaultValue() {
        T known = defaultValue;
        if (known == null) {
            known = decode(requireNonNull(defaultText, () -> name + " has no default"));
            defaultValue = known;
        }
        return known;
    }

    /** Values that are always understood, of a field that accepts others as well. */
    public List<String> known() {
        return known;
    }

    /** What other tools call it; only for suggestions. */
    public List<String> alsoCalled() {
        return alsoCalled;
    }

    /** One sentence. */
    public String description() {
        return description;
    }

    /** Collects a field. */
    static final class Builder<T> {

        private final String name;
        private final Shape shape;
        private final String example;
        private final Function<String, T> decoder;
        private Merge merge = Merge.REPLACE;
        private boolean substituted;
        private boolean bound;
        private boolean exposing;
        private List<String> harmless = List.of();
        private boolean open;
        private boolean later;
        private boolean nullable;
        private boolean required;
        private @Nullable String defaultText;
        private List<String> known = List.of();
        private List<String> alsoCalled = List.of();
        private String description = "";

        private Builder(String name, Shape shape, String example, Function<String, T> decoder) {
            this.name = name;
            this.shape = shape;
            this.example = example;
            this.decoder = decoder;
        }

        Builder<T> merge(Merge rule) {
            this.merge = rule;
            return this;
        }

        Builder<T> substituted() {
            this.substituted = true;
            return this;
        }

        Builder<T> bound() {
            this.bound = true;
            return this;
        }

        /** @param values those that show a key to nobody new, as the default does not */
        Builder<T> exposing(String... values) {
            this.exposing = true;
            this.harmless = List.of(values);
            return this;
        }

        Builder<T> open() {
            this.open = true;
            return this;
        }

        Builder<T> later() {
            this.later = true;
            return this;
        }

        Builder<T> nullable() {
            this.nullable = true;
            return this;
        }

        Builder<T> required() {
            this.required = true;
            return this;
        }

        Builder<T> byDefault(String yaml) {
            this.defaultText = yaml;
            return this;
        }

        Builder<T> knowing(String... values) {
            this.known = List.of(values);
            return this;
        }

        Builder<T> alsoCalled(String... names) {
            this.alsoCalled = List.of(names);
            return this;
        }

        Field<T> describedAs(String sentence) {
            this.description = sentence;
            return new Field<>(this);
        }
    }
}
