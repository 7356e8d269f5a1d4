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
 *
 * <p>More kinds of blocks can come with a minor version: who reads blocks passes over those that it does not know, or says that
 * it cannot take them. Who makes them uses the factories here, which stay as they are when blocks get more members.
 */
public sealed interface ContentBlock {

    /** Text. */
    sealed interface Text extends ContentBlock permits BlockRecords.Text {
        String text();

        Map<String, @Nullable Object> more();
    }

    /** An image. */
    sealed interface Image extends ContentBlock permits BlockRecords.Image {
        MediaSource source();

        Map<String, @Nullable Object> more();
    }

    /** A document. */
    sealed interface Document extends ContentBlock permits BlockRecords.Document {
        MediaSource source();

        Optional<String> title();

        Map<String, @Nullable Object> more();
    }

    /** A hit of a search that the application made. */
    sealed interface SearchResult extends ContentBlock permits BlockRecords.SearchResult {
        /** Where it was found. */
        String source();

        String title();

        /** The texts. */
        List<ContentBlock> content();

        Map<String, @Nullable Object> more();
    }

    /** What the model thought. */
    sealed interface Thinking extends ContentBlock permits BlockRecords.Thinking {
        String thinking();

        /** The provider's proof that it is the author; empty if there is none, never made up. */
        String signature();

        Map<String, @Nullable Object> more();
    }

    /** Thinking that only the provider can read. */
    sealed interface RedactedThinking extends ContentBlock permits BlockRecords.RedactedThinking {
        String data();
    }

    /** A call of a tool by the model. */
    sealed interface ToolUse extends ContentBlock permits BlockRecords.ToolUse {
        /** Opaque, as it came. */
        String id();

        String name();

        /** A JSON object. */
        Map<String, @Nullable Object> input();

        Map<String, @Nullable Object> more();
    }

    /** The answer to a {@link ToolUse}. */
    sealed interface ToolResult extends ContentBlock permits BlockRecords.ToolResult {
        /** The {@link ToolUse#id} it answers. */
        String toolUseId();

        List<ContentBlock> content();

        /** Whether the tool failed. */
        boolean isError();

        Map<String, @Nullable Object> more();
    }

    /** A block of a type that is not modelled, for instance of a tool that runs at the provider. */
    sealed interface Other extends ContentBlock permits BlockRecords.Other {
        String type();

        /** All members, {@code type} included. */
        Map<String, @Nullable Object> members();
    }

    static Text text(String text) {
        return text(text, Map.of());
    }

    static Text text(String text, Map<String, @Nullable Object> more) {
        return new BlockRecords.Text(text, more);
    }

    static Image image(MediaSource source) {
        return image(source, Map.of());
    }

    static Image image(MediaSource source, Map<String, @Nullable Object> more) {
        return new BlockRecords.Image(source, more);
    }

    static Document document(MediaSource source) {
        return document(source, "", Map.of());
    }

    /** A document; an empty title for none. */
    static Document document(MediaSource source, String title, Map<String, @Nullable Object> more) {
        return new BlockRecords.Document(source, Optional.of(title).filter(text -> !text.isEmpty()), more);
    }

    /** A hit of a search that the application made, found at {@code source}. */
    static SearchResult searchResult(
            String source, String title, List<ContentBlock> content, Map<String, @Nullable Object> more) {
        return new BlockRecords.SearchResult(source, title, content, more);
    }

    /** What the model thought; an empty signature if the provider gave none. */
    static Thinking thinking(String thinking, String signature) {
        return thinking(thinking, signature, Map.of());
    }

    /** What the model thought; an empty signature if the provider gave none. */
    static Thinking thinking(String thinking, String signature, Map<String, @Nullable Object> more) {
        return new BlockRecords.Thinking(thinking, signature, more);
    }

    /** Thinking that only the provider can read. */
    static RedactedThinking redactedThinking(String data) {
        return new BlockRecords.RedactedThinking(data);
    }

    static ToolUse toolUse(String id, String name, Map<String, @Nullable Object> input) {
        return toolUse(id, name, input, Map.of());
    }

    static ToolUse toolUse(
            String id, String name, Map<String, @Nullable Object> input, Map<String, @Nullable Object> more) {
        return new BlockRecords.ToolUse(id, name, input, more);
    }

    /** What a tool returned, as one text. */
    static ToolResult toolResult(String toolUseId, String text) {
        return toolResult(toolUseId, List.of(text(text)));
    }

    /** What a tool returned. */
    static ToolResult toolResult(String toolUseId, List<ContentBlock> content) {
        return toolResult(toolUseId, content, false, Map.of());
    }

    /** What a tool returned, or how it failed. */
    static ToolResult toolResult(
            String toolUseId, List<ContentBlock> content, boolean isError, Map<String, @Nullable Object> more) {
        return new BlockRecords.ToolResult(toolUseId, content, isError, more);
    }

    /** How a tool failed. */
    static ToolResult toolError(String toolUseId, String text) {
        return toolResult(toolUseId, List.of(text(text)), true, Map.of());
    }

    /** A block of a type that is not modelled. */
    static Other other(String type, Map<String, @Nullable Object> members) {
        return new BlockRecords.Other(type, members);
    }
}
