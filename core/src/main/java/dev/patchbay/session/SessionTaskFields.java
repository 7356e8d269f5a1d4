package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import dev.patchbay.codec.Efforts;
import dev.patchbay.internal.route.TraceContext;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Thinking;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a launch and a continuation say about the work itself.
 *
 * @param <B> the builder itself
 */
public abstract class SessionTaskFields<B extends SessionTaskFields<B>> extends ProviderFields<B> {

    final List<ContentBlock> content = new ArrayList<>();
    final List<Consumer<ChatRequest.Builder>> parameters = new ArrayList<>();
    final Set<RequestTemplate.Inherited> replaced = EnumSet.noneOf(RequestTemplate.Inherited.class);
    FieldChange<String> systemPrompt = FieldChange.none();
    FieldChange<String> appendSystemPrompt = FieldChange.none();

    @Nullable String title;

    @Nullable String workingDir;

    @Nullable ToolChoice toolChoice;

    Map<String, String> trace = Map.of();

    SessionTaskFields() {}

    /**
     * Adds to what is asked: an image, a document, the result of a tool, more text.
     *
     * @throws IllegalArgumentException if what is not modelled of it cannot be JSON
     */
    public B content(ContentBlock block) {
        RequestValues.require(List.of(requireNonNull(block, "block is null")));
        content.add(block);
        return self();
    }

    /** A title for people; default: that of the session that is continued, else the beginning of the query. */
    public B title(@Nullable String text) {
        title = text;
        return self();
    }

    /** The folder that the session belongs to, for lists of sessions; nothing is done there. Default: none. */
    public B workingDir(@Nullable String folder) {
        workingDir = folder;
        return self();
    }

    /** Instructions before the conversation; null clears inherited ones. */
    public B systemPrompt(@Nullable String text) {
        systemPrompt = FieldChange.to(text);
        return self();
    }

    /** Instructions after {@link #systemPrompt}; null clears inherited ones. */
    public B appendSystemPrompt(@Nullable String text) {
        appendSystemPrompt = FieldChange.to(text);
        return self();
    }

    /**
     * A tool that the model may call; its calls are in the result, the answers go into a continuation. The tools that a
     * continuation names take the place of the inherited ones, all of them.
     *
     * @throws IllegalArgumentException if its schema cannot be JSON, or is nested deeper than 400 levels
     */
    public B tool(Tool tool) {
        RequestValues.require(requireNonNull(tool, "tool is null"));
        return replacing(RequestTemplate.Inherited.TOOLS, request -> request.tool(tool));
    }

    /** A continuation goes on without the inherited tools, but for those named here. */
    public B withoutInheritedTools() {
        return replacing(RequestTemplate.Inherited.TOOLS, request -> {});
    }

    /** Which tool the model may or must call, in this call alone: what continues the session is free again. */
    public B toolChoice(ToolChoice choice) {
        toolChoice = requireNonNull(choice, "choice is null");
        return self();
    }

    /**
     * A JSON Schema that the answer's text must satisfy, as JDK values; null: any text.
     *
     * @throws IllegalArgumentException if it cannot be JSON, or is nested deeper than 400 levels
     */
    public B outputSchema(@Nullable Map<String, @Nullable Object> schema) {
        RequestValues.require("outputSchema", schema);
        return replacing(
                RequestTemplate.Inherited.OUTPUT_SCHEMA,
                schema == null ? request -> {} : request -> request.outputSchema(schema));
    }

    /** A text that ends the answer. Those that a continuation names take the place of the inherited ones. */
    public B stopSequence(String text) {
        requireNonNull(text, "text is null");
        return replacing(RequestTemplate.Inherited.STOP_SEQUENCES, request -> request.stopSequence(text));
    }

    /**
     * The trace of which the calls of this session are a part, as W3C Trace Context has it; goes to providers of the built-in dialects whose
     * files name no {@code traceparent}. What is none is left out. Default: none.
     *
     * @param parent the header {@code traceparent}
     * @param state the header {@code tracestate}
     */
    public B trace(@Nullable String parent, @Nullable String state) {
        trace = TraceContext.headers(parent, state);
        return self();
    }

    /** The end user, in the application's own words; goes to the provider. */
    public B userId(String id) {
        requireNonNull(id, "id is null");
        return parameter(request -> request.userId(id));
    }

    /**
     * Of which share of the likeliest words the model chooses.
     *
     * @throws IllegalArgumentException if it is infinite or no number
     */
    public B topP(double value) {
        RequestValues.require("topP", value);
        return parameter(request -> request.topP(value));
    }

    public B topK(int value) {
        return parameter(request -> request.topK(value));
    }

    /**
     * A member of the request that is not modelled, as a JDK value; dialects that do not know it leave it out.
     *
     * @throws IllegalArgumentException if it cannot be JSON, or is nested deeper than 400 levels
     */
    public B more(String name, @Nullable Object value) {
        RequestValues.require(requireNonNull(name, "name is null"), value);
        return parameter(request -> request.more(name, value));
    }

    public B thinking(Thinking value) {
        requireNonNull(value, "value is null");
        return parameter(request -> request.thinking(value));
    }

    /**
     * How hard the model should try, such as {@code low}, {@code medium} or {@code high}.
     *
     * @throws IllegalArgumentException if it is no level that any model knows
     */
    public B effort(String level) {
        requireNonNull(level, "level is null");
        if (!Efforts.levels().contains(level)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", Efforts.levels()));
        }
        return parameter(request -> request.effort(level));
    }

    /**
     * How far the model strays from the likeliest words.
     *
     * @throws IllegalArgumentException if it is infinite or no number
     */
    public B temperature(double value) {
        RequestValues.require("temperature", value);
        return parameter(request -> request.temperature(value));
    }

    /** The most tokens of the answer. Default: what the model lists as its most, else what the dialect needs to say. */
    public B maxTokens(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, not " + count);
        }
        return parameter(request -> request.maxTokens(count));
    }

    private B replacing(RequestTemplate.Inherited what, Consumer<ChatRequest.Builder> change) {
        replaced.add(what);
        return parameter(change);
    }

    private B parameter(Consumer<ChatRequest.Builder> change) {
        parameters.add(change);
        return self();
    }
}
