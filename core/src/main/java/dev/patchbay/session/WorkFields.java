package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Thinking;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a launch and a continuation say about the work itself.
 *
 * @param <B> the builder itself
 */
public abstract class WorkFields<B extends WorkFields<B>> extends ProviderFields<B> {

    final List<ContentBlock> content = new ArrayList<>();
    final List<Consumer<ChatRequest.Builder>> parameters = new ArrayList<>();
    Change<String> systemPrompt = Change.none();
    Change<String> appendSystemPrompt = Change.none();

    @Nullable String title;

    WorkFields() {}

    /** Adds to what is asked: an image, a document, the result of a tool, more text. */
    public B content(ContentBlock block) {
        content.add(requireNonNull(block, "block is null"));
        return self();
    }

    /** A title for people; default: the beginning of the query. */
    public B title(@Nullable String text) {
        title = text;
        return self();
    }

    /** Instructions before the conversation; null clears inherited ones. */
    public B systemPrompt(@Nullable String text) {
        systemPrompt = Change.to(text);
        return self();
    }

    /** Instructions after {@link #systemPrompt}; null clears inherited ones. */
    public B appendSystemPrompt(@Nullable String text) {
        appendSystemPrompt = Change.to(text);
        return self();
    }

    /** A tool that the model may call; its calls are in the result, the answers go into a continuation. */
    public B tool(Tool tool) {
        requireNonNull(tool, "tool is null");
        return parameter(request -> request.tool(tool));
    }

    public B toolChoice(ToolChoice choice) {
        requireNonNull(choice, "choice is null");
        return parameter(request -> request.toolChoice(choice));
    }

    public B thinking(Thinking value) {
        requireNonNull(value, "value is null");
        return parameter(request -> request.thinking(value));
    }

    /** How hard the model should try, such as {@code low}, {@code medium} or {@code high}. */
    public B effort(String level) {
        requireNonNull(level, "level is null");
        return parameter(request -> request.effort(level));
    }

    public B temperature(double value) {
        return parameter(request -> request.temperature(value));
    }

    /** The most tokens of the answer. Default: what the model lists as its most, else what the dialect needs to say. */
    public B maxTokens(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, not " + count);
        }
        return parameter(request -> request.maxTokens(count));
    }

    private B parameter(Consumer<ChatRequest.Builder> change) {
        parameters.add(change);
        return self();
    }
}
