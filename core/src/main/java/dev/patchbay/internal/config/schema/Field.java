package dev.patchbay.internal.config.schema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One field of the table: everything that decoder, merge, messages, schema and documentation know about it. Immutable.
 */
public final class Field {

    private final String name;
    private final Shape shape;
    private final Merge merge;
    private final boolean substituted;
    private final boolean bound;
    private final boolean open;
    private final boolean later;
    private final boolean nullable;
    private final boolean required;
    private final String example;
    private final @Nullable String usual;
    private final List<String> known;
    private final List<String> alsoCalled;
    private final String description;

    private Field(Builder builder) {
        this.name = builder.name;
        this.shape = builder.shape;
        this.merge = builder.merge;
        this.substituted = builder.substituted;
        this.bound = builder.bound;
        this.open = builder.open;
        this.later = builder.later;
        this.nullable = builder.nullable;
        this.required = builder.required;
        this.example = builder.example;
        this.usual = builder.usual;
        this.known = builder.known;
        this.alsoCalled = builder.alsoCalled;
        this.description = builder.description;
    }

    /**
     * Starts a field that is replaced on merge and not substituted.
     *
     * @param example a line as it may stand in a file
     */
    static Builder named(String name, Shape shape, String example) {
        return new Builder(name, shape, example);
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
    public Optional<String> usual() {
        return Optional.ofNullable(usual);
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
    static final class Builder {

        private final String name;
        private final Shape shape;
        private final String example;
        private Merge merge = Merge.REPLACE;
        private boolean substituted;
        private boolean bound;
        private boolean open;
        private boolean later;
        private boolean nullable;
        private boolean required;
        private @Nullable String usual;
        private List<String> known = List.of();
        private List<String> alsoCalled = List.of();
        private String description = "";

        private Builder(String name, Shape shape, String example) {
            this.name = name;
            this.shape = shape;
            this.example = example;
        }

        Builder merge(Merge rule) {
            this.merge = rule;
            return this;
        }

        Builder substituted() {
            this.substituted = true;
            return this;
        }

        Builder bound() {
            this.bound = true;
            return this;
        }

        Builder open() {
            this.open = true;
            return this;
        }

        Builder later() {
            this.later = true;
            return this;
        }

        Builder nullable() {
            this.nullable = true;
            return this;
        }

        Builder required() {
            this.required = true;
            return this;
        }

        Builder usually(String yaml) {
            this.usual = yaml;
            return this;
        }

        Builder knowing(String... values) {
            this.known = List.of(values);
            return this;
        }

        Builder alsoCalled(String... names) {
            this.alsoCalled = List.of(names);
            return this;
        }

        Field describedAs(String sentence) {
            this.description = sentence;
            return new Field(this);
        }
    }
}
