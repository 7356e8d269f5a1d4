package dev.patchbay.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The blocks of {@link ContentBlock}: out of sight, so that they can get more members. */
final class BlockRecords {

    private BlockRecords() {}

    record Text(String text, Map<String, @Nullable Object> more) implements ContentBlock.Text {}

    record Image(MediaSource source, Map<String, @Nullable Object> more) implements ContentBlock.Image {}

    record Document(MediaSource source, Optional<String> title, Map<String, @Nullable Object> more)
            implements ContentBlock.Document {}

    record SearchResult(String source, String title, List<ContentBlock> content, Map<String, @Nullable Object> more)
            implements ContentBlock.SearchResult {

        // Written out: a compact constructor loses the annotations of its parameters' type arguments in the class file.
        SearchResult(String source, String title, List<ContentBlock> content, Map<String, @Nullable Object> more) {
            this.source = source;
            this.title = title;
            this.content = List.copyOf(content);
            this.more = more;
        }
    }

    record Thinking(String thinking, String signature, Map<String, @Nullable Object> more)
            implements ContentBlock.Thinking {}

    record RedactedThinking(String data) implements ContentBlock.RedactedThinking {}

    record ToolUse(String id, String name, Map<String, @Nullable Object> input, Map<String, @Nullable Object> more)
            implements ContentBlock.ToolUse {}

    record ToolResult(String toolUseId, List<ContentBlock> content, boolean isError, Map<String, @Nullable Object> more)
            implements ContentBlock.ToolResult {

        // Written out: a compact constructor loses the annotations of its parameters' type arguments in the class file.
        ToolResult(String toolUseId, List<ContentBlock> content, boolean isError, Map<String, @Nullable Object> more) {
            this.toolUseId = toolUseId;
            this.content = List.copyOf(content);
            this.isError = isError;
            this.more = more;
        }
    }

    record Other(String type, Map<String, @Nullable Object> members) implements ContentBlock.Other {}
}
