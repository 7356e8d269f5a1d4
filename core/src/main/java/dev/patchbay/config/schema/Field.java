package dev.patchbay.config.schema;

import java.util.List;

/**
 * One field of the table: everything that decoder, merge, messages, schema and documentation know about it. Immutable.
 */
public final class Field {

    private final String name;
    private final Shape shape;
    private final Merge merge;
    private final boolean substituted;
    private final boolean bound;
    private final boolean later;
    private final boolean nullable;
    private final String example;
    private final List<String> alsoCalled;
    private final String description;

    private Field(Builder builder) {
        this.name = builder.name;
        this.shape = builder.shape;
        this.merge = builder.merge;
        this.substituted = builder.substituted;
        this.bound = builder.bound;
        this.later = builder.later;
        this.nullable = builder.nullable;
        this.example = builder.example;
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

    /** Whether its credentials are bound to the origin of the base URL (provider-files.md, section 4). */
    public boolean isBound() {
        return bound;
    }

    /** Whether it is reserved, and refused as not supported yet. */
    public boolean isLater() {
        return later;
    }

    /** Whether {@code null} is the same as leaving it out. */
    public boolean isNullable() {
        return nullable;
    }

    /** A line as it may stand in a file. */
    public String example() {
        return example;
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
        private boolean later;
        private boolean nullable;
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

        Builder later() {
            this.later = true;
            return this;
        }

        Builder nullable() {
            this.nullable = true;
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
