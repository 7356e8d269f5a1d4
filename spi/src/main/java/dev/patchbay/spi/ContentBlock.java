package dev.patchbay.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a message; the shapes are those of Anthropic Messages.
 *
 * <p>JSON values (tool inputs, {@code more}) are plain JDK values: {@code Map<String, Object>} in member order, {@code
 * List}, {@code String}, {@code Boolean}, {@code Number} and null; unmodifiable. {@code more} holds the members of a block
 * that are not modelled, such as {@code cache_control}; dialects that do not know them leave them out.
 */
public sealed interface ContentBlock {

    /** Text. */
    record Text(String text, Map<String, @Nullable Object> more) implements ContentBlock {

        public Text(String text) {
            this(text, Map.of());
        }
    }

    /** An image. */
    record Image(MediaSource source, Map<String, @Nullable Object> more) implements ContentBlock {

        public Image(MediaSource source) {
            this(source, Map.of());
        }
    }

    /** A document. */
    record Document(MediaSource source, Optional<String> title, Map<String, @Nullable Object> more)
            implements ContentBlock {}

    /**
     * A hit of a search that the application made.
     *
     * @param source where it was found
     * @param content the texts
     */
    record SearchResult(String source, String title, List<ContentBlock> content, Map<String, @Nullable Object> more)
            implements ContentBlock {

        // Written out: a compact constructor loses the annotations of its parameters' type arguments in the class file.
        public SearchResult(
                String source, String title, List<ContentBlock> content, Map<String, @Nullable Object> more) {
            this.source = source;
            this.title = title;
            this.content = List.copyOf(content);
            this.more = more;
        }
    }

    /**
     * What the model thought.
     *
     * @param signature the provider's proof that it is the author; empty if there is none, never made up
     */
    record Thinking(String thinking, String signature, Map<String, @Nullable Object> more) implements ContentBlock {

        public Thinking(String thinking, String signature) {
            this(thinking, signature, Map.of());
        }
    }

    /** Thinking that only the provider can read. */
    record RedactedThinking(String data) implements ContentBlock {}

    /**
     * A call of a tool by the model.
     *
     * @param id opaque, as it came
     * @param input a JSON object
     */
    record ToolUse(String id, String name, Map<String, @Nullable Object> input, Map<String, @Nullable Object> more)
            implements ContentBlock {

        public ToolUse(String id, String name, Map<String, @Nullable Object> input) {
            this(id, name, input, Map.of());
        }
    }

    /**
     * The answer to a {@link ToolUse}.
     *
     * @param toolUseId the {@link ToolUse#id} it answers
     * @param isError whether the tool failed
     */
    record ToolResult(String toolUseId, List<ContentBlock> content, boolean isError, Map<String, @Nullable Object> more)
            implements ContentBlock {

        // Written out: a compact constructor loses the annotations of its parameters' type arguments in the class file.
        public ToolResult(
                String toolUseId, List<ContentBlock> content, boolean isError, Map<String, @Nullable Object> more) {
            this.toolUseId = toolUseId;
            this.content = List.copyOf(content);
            this.isError = isError;
            this.more = more;
        }

        public ToolResult(String toolUseId, String text) {
            this(toolUseId, List.of(new Text(text)), false, Map.of());
        }
    }

    /**
     * A block of a type that is not modelled, for instance of a tool that runs at the provider.
     *
     * @param members all members, {@code type} included
     */
    record Other(String type, Map<String, @Nullable Object> members) implements ContentBlock {}
}
