package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tool that the model may call. Immutable. */
public final class Tool {

    private final String name;
    private final @Nullable String type;
    private final @Nullable String description;
    private final @Nullable Map<String, @Nullable Object> inputSchema;
    private final Map<String, @Nullable Object> more;

    private Tool(Builder builder) {
        this.name = builder.name;
        this.type = builder.type;
        this.description = builder.description;
        this.inputSchema = builder.inputSchema;
        this.more = Collections.unmodifiableMap(new LinkedHashMap<>(builder.more));
    }

    /** A tool of the application. */
    public static Tool of(String name, String description, Map<String, @Nullable Object> inputSchema) {
        return builder(name).description(description).inputSchema(inputSchema).build();
    }

    /**
     * A tool.
     *
     * @param name as the model sees it
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** As the model sees it. */
    public String name() {
        return name;
    }

    /** Empty for a tool of the application; else the type of one that the provider knows, such as {@code web_search_20250305}. */
    public Optional<String> type() {
        return Optional.ofNullable(type);
    }

    /** What it does, for the model. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** JSON Schema of its input as JDK values (see {@link ContentBlock}); null where the provider knows it. */
    public @Nullable Map<String, @Nullable Object> inputSchema() {
        return inputSchema;
    }

    /** Members that are not modelled, such as {@code cache_control} and {@code strict}. */
    public Map<String, @Nullable Object> more() {
        return more;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tool tool
                && name.equals(tool.name)
                && Objects.equals(type, tool.type)
                && Objects.equals(description, tool.description)
                && Objects.equals(inputSchema, tool.inputSchema)
                && more.equals(tool.more);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, description, inputSchema, more);
    }

    @Override
    public String toString() {
        return "Tool[name=" + name + ", type=" + type + ", description=" + description + ", inputSchema=" + inputSchema
                + ", more=" + more + "]";
    }

    /** Collects a tool. Not safe for use by several threads. */
    public static final class Builder {

        private final String name;
        private @Nullable String type;
        private @Nullable String description;
        private @Nullable Map<String, @Nullable Object> inputSchema;
        private Map<String, @Nullable Object> more = Map.of();

        private Builder(String name) {
            this.name = requireNonNull(name, "name is null");
        }

        /** The type of a tool that the provider knows. */
        public Builder type(String text) {
            this.type = requireNonNull(text, "text is null");
            return this;
        }

        public Builder description(String text) {
            this.description = requireNonNull(text, "text is null");
            return this;
        }

        public Builder inputSchema(@Nullable Map<String, @Nullable Object> schema) {
            this.inputSchema = schema;
            return this;
        }

        /** Members that are not modelled, in place of those set before. */
        public Builder more(Map<String, @Nullable Object> members) {
            this.more = requireNonNull(members, "members is null");
            return this;
        }

        public Tool build() {
            return new Tool(this);
        }
    }
}
