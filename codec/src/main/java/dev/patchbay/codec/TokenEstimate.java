package dev.patchbay.codec;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.Tool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how many tokens a request has, for providers that cannot count (dialects.md, C1).
 *
 * <p>A quarter of the ASCII characters plus a third of the bytes of others, over everything that the model gets to read;
 * images and PDF pages count as what they cost, not as their Base64. Rather too many than too few: too few make a client
 * compact too late. Used once.
 */
public final class TokenEstimate {

    private static final int IMAGE = 1600;
    private static final int MESSAGE_OVERHEAD = 4;

    private long ascii;
    private long otherBytes;
    private long fixed;

    private TokenEstimate() {}

    /** The estimate, at least 1. */
    public static int of(ChatRequest request) {
        TokenEstimate estimate = new TokenEstimate();
        estimate.blocks(request.system());
        for (ChatMessage message : request.messages()) {
            estimate.fixed += MESSAGE_OVERHEAD;
            estimate.blocks(message.content());
        }
        request.tools().forEach(estimate::tool);
        request.outputSchema().ifPresent(estimate::json);
        return estimate.total();
    }

    /** The estimate for a text, at least 1. */
    public static int of(String text) {
        TokenEstimate estimate = new TokenEstimate();
        estimate.text(text);
        return estimate.total();
    }

    private int total() {
        double tokens = ascii / 4.0 + otherBytes / 3.0 + fixed;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.ceil(tokens)));
    }

    private void blocks(List<ContentBlock> blocks) {
        blocks.forEach(this::block);
    }

    private void block(ContentBlock block) {
        if (block instanceof ContentBlock.Text text) {
            text(text.text());
        } else if (block instanceof ContentBlock.Thinking thinking) {
            text(thinking.thinking());
        } else if (block instanceof ContentBlock.ToolUse call) {
            text(call.name());
            json(call.input());
        } else if (block instanceof ContentBlock.ToolResult result) {
            blocks(result.content());
        } else if (block instanceof ContentBlock.Image) {
            fixed += IMAGE;
        } else if (block instanceof ContentBlock.Document document) {
            document(document);
        } else if (block instanceof ContentBlock.SearchResult result) {
            text(result.title());
            text(result.source());
            blocks(result.content());
        } else if (block instanceof ContentBlock.Other other) {
            json(other.members());
        }
    }

    private void document(ContentBlock.Document document) {
        text(document.title().orElse(""));
        MediaSource source = document.source();
        if (source instanceof MediaSource.PlainText plain) {
            text(plain.text());
        } else if (source instanceof MediaSource.Blocks content) {
            blocks(content.content());
        } else {
            fixed += PdfPages.tokens(source);
        }
    }

    private void tool(Tool tool) {
        text(tool.name());
        text(tool.description().orElse(""));
        Map<String, @Nullable Object> schema = tool.inputSchema();
        json(schema == null ? tool.more() : schema);
        fixed += MESSAGE_OVERHEAD;
    }

    private void json(Map<String, @Nullable Object> value) {
        if (!value.isEmpty()) {
            value(value);
        }
    }

    /** Counts what the value has as JSON text, without writing it. */
    private void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            ascii += 1 + Math.max(1, map.size());
            map.forEach((name, member) -> {
                ascii += 3;
                text(String.valueOf(name));
                value(member);
            });
        } else if (value instanceof Iterable<?> items) {
            ascii++;
            for (Object item : items) {
                ascii++;
                value(item);
            }
        } else if (value instanceof CharSequence said) {
            ascii += 2;
            text(said.toString());
        } else {
            ascii += String.valueOf(value).length();
        }
    }

    private void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii++;
            } else {
                otherBytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
        }
    }
}
