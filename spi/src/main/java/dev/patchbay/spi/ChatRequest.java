package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked: the internal form that every dialect is translated from and to, shaped like Anthropic Messages.
 *
 * <p>Immutable. What is not set is not sent: the provider's own default applies.
 */
public final class ChatRequest {

    private final String model;
    private final List<ContentBlock> system;
    private final List<ChatMessage> messages;
    private final List<Tool> tools;
    private final @Nullable ToolChoice toolChoice;
    private final @Nullable Integer maxTokens;
    private final List<String> stopSequences;
    private final @Nullable Double temperature;
    private final @Nullable Double topP;
    private final @Nullable Integer topK;
    private final @Nullable Thinking thinking;
    private final @Nullable String effort;
    private final @Nullable Map<String, @Nullable Object> outputSchema;
    private final @Nullable String userId;
    private final boolean stream;
    private final Map<String, @Nullable Object> more;

    private ChatRequest(Builder builder) {
        this.model = builder.model;
        this.system = List.copyOf(builder.system);
        this.messages = List.copyOf(builder.messages);
        this.tools = List.copyOf(builder.tools);
        this.toolChoice = builder.toolChoice;
        this.maxTokens = builder.maxTokens;
        this.stopSequences = List.copyOf(builder.stopSequences);
        this.temperature = builder.temperature;
        this.topP = builder.topP;
        this.topK = builder.topK;
        this.thinking = builder.thinking;
        this.effort = builder.effort;
        this.outputSchema = builder.outputSchema;
        this.userId = builder.userId;
        this.stream = builder.stream;
        this.more = Collections.unmodifiableMap(new LinkedHashMap<>(builder.more));
    }

    /** A request for a model, streamed unless said otherwise. */
    public static Builder builder(String model) {
        return new Builder(model);
    }

    /** The same request, to be changed. */
    public Builder toBuilder() {
        Builder builder = new Builder(model);
        builder.system.addAll(system);
        builder.messages.addAll(messages);
        builder.tools.addAll(tools);
        builder.toolChoice = toolChoice;
        builder.maxTokens = maxTokens;
        builder.stopSequences.addAll(stopSequences);
        builder.temperature = temperature;
        builder.topP = topP;
        builder.topK = topK;
        builder.thinking = thinking;
        builder.effort = effort;
        builder.outputSchema = outputSchema;
        builder.userId = userId;
        builder.stream = stream;
        builder.more.putAll(more);
        return builder;
    }

    /** The same request with other messages. */
    public ChatRequest withMessages(List<ChatMessage> others) {
        Builder builder = toBuilder();
        builder.messages.clear();
        builder.messages.addAll(others);
        return builder.build();
    }

    /** The same request without tools, and without a choice of one. */
    public ChatRequest withoutTools() {
        Builder builder = toBuilder();
        builder.tools.clear();
        builder.toolChoice = null;
        return builder.build();
    }

    /** The same request, thinking and effort left to the provider. */
    public ChatRequest withoutThinking() {
        Builder builder = toBuilder();
        builder.thinking = null;
        builder.effort = null;
        return builder.build();
    }

    /** The model's name as it goes on the wire, byte for byte. */
    public String model() {
        return model;
    }

    /** Instructions before the conversation; text blocks. */
    public List<ContentBlock> system() {
        return system;
    }

    public List<ChatMessage> messages() {
        return messages;
    }

    public List<Tool> tools() {
        return tools;
    }

    public Optional<ToolChoice> toolChoice() {
        return Optional.ofNullable(toolChoice);
    }

    /** The most tokens of the answer. */
    public OptionalInt maxTokens() {
        return maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens);
    }

    /** Texts that end the answer. */
    public List<String> stopSequences() {
        return stopSequences;
    }

    public OptionalDouble temperature() {
        return temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature);
    }

    public OptionalDouble topP() {
        return topP == null ? OptionalDouble.empty() : OptionalDouble.of(topP);
    }

    public OptionalInt topK() {
        return topK == null ? OptionalInt.empty() : OptionalInt.of(topK);
    }

    public Optional<Thinking> thinking() {
        return Optional.ofNullable(thinking);
    }

    /** How hard the model should try: {@code low}, {@code medium}, {@code high} or another level that it knows. */
    public Optional<String> effort() {
        return Optional.ofNullable(effort);
    }

    /** JSON Schema that the answer's text must satisfy, as JDK values (see {@link ContentBlock}). */
    public Optional<Map<String, @Nullable Object>> outputSchema() {
        return Optional.ofNullable(outputSchema);
    }

    /** The end user, in the application's own words. */
    public Optional<String> userId() {
        return Optional.ofNullable(userId);
    }

    /** Whether the provider is to be asked for a stream. */
    public boolean stream() {
        return stream;
    }

    /** Members of the request that are not modelled; dialects that do not know them leave them out. */
    public Map<String, @Nullable Object> more() {
        return more;
    }

    /** Collects a request. Not safe for use by several threads. */
    public static final class Builder {

        private String model;
        private final List<ContentBlock> system = new ArrayList<>();
        private final List<ChatMessage> messages = new ArrayList<>();
        private final List<Tool> tools = new ArrayList<>();
        private @Nullable ToolChoice toolChoice;
        private @Nullable Integer maxTokens;
        private final List<String> stopSequences = new ArrayList<>();
        private @Nullable Double temperature;
        private @Nullable Double topP;
        private @Nullable Integer topK;
        private @Nullable Thinking thinking;
        private @Nullable String effort;
        private @Nullable Map<String, @Nullable Object> outputSchema;
        private @Nullable String userId;
        private boolean stream = true;
        private final Map<String, @Nullable Object> more = new LinkedHashMap<>();

        private Builder(String model) {
            this.model = requireNonNull(model, "model is null");
        }

        public Builder model(String name) {
            this.model = requireNonNull(name, "name is null");
            return this;
        }

        public Builder system(String text) {
            return system(ContentBlock.text(text));
        }

        public Builder system(ContentBlock block) {
            system.add(requireNonNull(block, "block is null"));
            return this;
        }

        public Builder message(ChatMessage message) {
            messages.add(requireNonNull(message, "message is null"));
            return this;
        }

        public Builder messages(List<ChatMessage> more) {
            messages.addAll(more);
            return this;
        }

        /** Puts these messages in the place of all that were there. */
        public Builder replaceMessages(List<ChatMessage> all) {
            List<ChatMessage> kept = List.copyOf(all);
            messages.clear();
            messages.addAll(kept);
            return this;
        }

        public Builder tool(Tool tool) {
            tools.add(requireNonNull(tool, "tool is null"));
            return this;
        }

        public Builder toolChoice(ToolChoice choice) {
            this.toolChoice = requireNonNull(choice, "choice is null");
            return this;
        }

        public Builder maxTokens(int count) {
            this.maxTokens = count;
            return this;
        }

        public Builder stopSequence(String text) {
            stopSequences.add(requireNonNull(text, "text is null"));
            return this;
        }

        /**
         * How far the model strays from the likeliest words.
         *
         * @throws IllegalArgumentException if it is infinite or no number, which no JSON can hold
         */
        public Builder temperature(double value) {
            this.temperature = finite("temperature", value);
            return this;
        }

        /**
         * Of which share of the likeliest words the model chooses.
         *
         * @throws IllegalArgumentException if it is infinite or no number, which no JSON can hold
         */
        public Builder topP(double value) {
            this.topP = finite("topP", value);
            return this;
        }

        public Builder topK(int value) {
            this.topK = value;
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

        public Builder outputSchema(Map<String, @Nullable Object> schema) {
            this.outputSchema = requireNonNull(schema, "schema is null");
            return this;
        }

        public Builder userId(String id) {
            this.userId = requireNonNull(id, "id is null");
            return this;
        }

        public Builder stream(boolean value) {
            this.stream = value;
            return this;
        }

        /** Sets a member that is not modelled; a JDK value as {@link ContentBlock} describes. */
        public Builder more(String name, @Nullable Object value) {
            more.put(requireNonNull(name, "name is null"), value);
            return this;
        }

        public ChatRequest build() {
            return new ChatRequest(this);
        }

        private static double finite(String name, double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(name + " must be a finite number, not " + value);
            }
            return value;
        }
    }
}
