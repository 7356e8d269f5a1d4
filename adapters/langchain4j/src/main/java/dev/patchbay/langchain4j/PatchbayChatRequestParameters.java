package dev.patchbay.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.patchbay.spi.Thinking;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request can say beside LangChain4j's own parameters. Immutable. */
public final class PatchbayChatRequestParameters extends DefaultChatRequestParameters {

    private final @Nullable Thinking thinking;
    private final @Nullable String effort;
    private final @Nullable String userId;
    private final Map<String, @Nullable Object> more;

    private PatchbayChatRequestParameters(Builder builder) {
        super(builder);
        this.thinking = builder.thinking;
        this.effort = builder.effort;
        this.userId = builder.userId;
        this.more = Collections.unmodifiableMap(new LinkedHashMap<>(builder.more));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Whether and how much the model is to think. */
    public Optional<Thinking> thinking() {
        return Optional.ofNullable(thinking);
    }

    /** How hard it should try: {@code low}, {@code medium}, {@code high} or another level that it knows. */
    public Optional<String> effort() {
        return Optional.ofNullable(effort);
    }

    /** The end user, in the application's own words. */
    public Optional<String> userId() {
        return Optional.ofNullable(userId);
    }

    /** Members of the request that are not modelled; dialects that do not know them leave them out. */
    public Map<String, @Nullable Object> more() {
        return more;
    }

    @Override
    public ChatRequestParameters overrideWith(ChatRequestParameters that) {
        return new Builder().overrideWith(this).overrideWith(that).build();
    }

    @Override
    public ChatRequestParameters defaultedBy(ChatRequestParameters that) {
        return new Builder().overrideWith(that).overrideWith(this).build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof PatchbayChatRequestParameters parameters
                && Objects.equals(thinking, parameters.thinking)
                && Objects.equals(effort, parameters.effort)
                && Objects.equals(userId, parameters.userId)
                && more.equals(parameters.more);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), thinking, effort, userId, more);
    }

    /** Collects parameters. Not safe for use by several threads. */
    public static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {

        private @Nullable Thinking thinking;
        private @Nullable String effort;
        private @Nullable String userId;
        private final Map<String, @Nullable Object> more = new LinkedHashMap<>();

        private Builder() {}

        @Override
        public Builder overrideWith(ChatRequestParameters parameters) {
            super.overrideWith(parameters);
            if (parameters instanceof PatchbayChatRequestParameters own) {
                own.thinking().ifPresent(this::thinking);
                own.effort().ifPresent(this::effort);
                own.userId().ifPresent(this::userId);
                more.putAll(own.more);
            }
            return this;
        }

        public Builder thinking(Thinking value) {
            this.thinking = requireNonNull(value, "value is null");
            return this;
        }

        public Builder effort(String level) {
            this.effort = requireNonNull(level, "level is null");
            return this;
        }

        public Builder userId(String id) {
            this.userId = requireNonNull(id, "id is null");
            return this;
        }

        /** Sets a member that is not modelled; a JDK value as {@link dev.patchbay.spi.ContentBlock} describes. */
        public Builder more(String name, @Nullable Object value) {
            more.put(requireNonNull(name, "name is null"), value);
            return this;
        }

        @Override
        public PatchbayChatRequestParameters build() {
            return new PatchbayChatRequestParameters(this);
        }
    }
}
