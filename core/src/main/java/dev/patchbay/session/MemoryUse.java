package dev.patchbay.session;

import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** About how many bytes of memory something takes: what there can be much of is counted, the rest is a flat rate. */
final class MemoryUse {

    private static final long SESSION = 1_500;
    private static final long OBJECT = 150;
    private static final long TEXT = 56;
    private static final int LATIN1 = 0xff;

    private MemoryUse() {}

    /** Of a record beside its conversation and its template. */
    static long of(SessionRecord session) {
        long bytes = SESSION + text(session.title());
        bytes += session.failures().size() * 2L * OBJECT;
        return bytes + session.error().map(error -> text(error.message())).orElse(0L);
    }

    /** Of a template beside what its parent's has: that is counted there. */
    static long of(RequestTemplate template, Optional<RequestTemplate> parent) {
        long bytes = changed(template.systemPrompt(), parent.flatMap(RequestTemplate::systemPrompt));
        bytes += changed(template.appendSystemPrompt(), parent.flatMap(RequestTemplate::appendSystemPrompt));
        return bytes + of(template.parameters(), parent.map(RequestTemplate::parameters));
    }

    private static long of(ChatRequest parameters, Optional<ChatRequest> parent) {
        long bytes = 0;
        if (parent.isEmpty() || !parent.get().tools().equals(parameters.tools())) {
            for (Tool tool : parameters.tools()) {
                bytes += OBJECT + text(tool.description().orElse("")) + value(tool.inputSchema()) + value(tool.more());
            }
        }
        Map<String, @Nullable Object> schema = parameters.outputSchema().orElse(Map.of());
        if (parent.isEmpty() || !parent.get().outputSchema().orElse(Map.of()).equals(schema)) {
            bytes += value(schema);
        }
        return bytes + value(parameters.more());
    }

    private static long changed(Optional<String> text, Optional<String> before) {
        return text.isEmpty() || text.equals(before) ? 0 : text(text.get());
    }

    static long of(ContentBlock block) {
        if (block instanceof ContentBlock.Text text) {
            return OBJECT + text(text.text()) + value(text.more());
        }
        if (block instanceof ContentBlock.Thinking thinking) {
            return OBJECT + text(thinking.thinking()) + text(thinking.signature()) + value(thinking.more());
        }
        if (block instanceof ContentBlock.RedactedThinking redacted) {
            return OBJECT + text(redacted.data());
        }
        if (block instanceof ContentBlock.ToolUse call) {
            return OBJECT + text(call.id()) + text(call.name()) + value(call.input()) + value(call.more());
        }
        if (block instanceof ContentBlock.ToolResult result) {
            return OBJECT + text(result.toolUseId()) + of(result.content()) + value(result.more());
        }
        if (block instanceof ContentBlock.Image image) {
            return OBJECT + of(image.source()) + value(image.more());
        }
        if (block instanceof ContentBlock.Document document) {
            return OBJECT + of(document.source()) + value(document.more());
        }
        if (block instanceof ContentBlock.SearchResult hit) {
            return OBJECT + text(hit.source()) + text(hit.title()) + of(hit.content()) + value(hit.more());
        }
        return block instanceof ContentBlock.Other other ? OBJECT + value(other.members()) : OBJECT;
    }

    private static long of(List<ContentBlock> blocks) {
        return blocks.stream().mapToLong(MemoryUse::of).sum();
    }

    private static long of(MediaSource source) {
        if (source instanceof MediaSource.Base64 content) {
            return text(content.data());
        }
        if (source instanceof MediaSource.PlainText plain) {
            return text(plain.text());
        }
        return source instanceof MediaSource.Blocks blocks ? of(blocks.content()) : OBJECT;
    }

    private static long value(@Nullable Object value) {
        long bytes = 0;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                bytes += value(entry.getKey()) + value(entry.getValue()) + TEXT;
            }
            return bytes;
        }
        if (value instanceof List<?> list) {
            for (Object element : list) {
                bytes += value(element);
            }
            return bytes + TEXT;
        }
        return value instanceof String text ? text(text) : TEXT;
    }

    private static long text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LATIN1) {
                return TEXT + 2L * text.length();
            }
        }
        return TEXT + text.length();
    }
}
