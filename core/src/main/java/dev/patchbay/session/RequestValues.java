package dev.patchbay.session;

import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.Tool;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what an application puts into a request and no JSON can hold, before anything walks through it: values of other types, numbers
 * that are none, and what is nested too deep, be it in itself.
 */
final class RequestValues {

    /** JSON is read to 500 levels (docs/embedding.md); what a request holds is written some levels inside others. */
    static final int DEEPEST = 400;

    private RequestValues() {}

    /** @throws IllegalArgumentException as the others do */
    static void require(ChatRequest request) {
        request.tools().forEach(RequestValues::require);
        request.outputSchema().ifPresent(schema -> require("outputSchema", schema));
        request.more().forEach(RequestValues::require);
        require(request.system());
        request.messages().forEach(message -> require(message.content()));
    }

    /** @throws IllegalArgumentException if its schema, or what is not modelled of it, cannot be JSON */
    static void require(Tool tool) {
        require("the inputSchema of the tool " + tool.name(), tool.inputSchema());
        require("the tool " + tool.name(), tool.more());
    }

    /** @throws IllegalArgumentException if what is not modelled of one, or its input, cannot be JSON */
    static void require(List<ContentBlock> blocks) {
        blocks(blocks, 1);
    }

    /**
     * A value of the request.
     *
     * @param name in the words of whoever set it
     * @throws IllegalArgumentException if it cannot be JSON
     */
    static void require(String name, @Nullable Object value) {
        value(name, value, 1);
    }

    private static void blocks(List<ContentBlock> blocks, int level) {
        if (level > DEEPEST) {
            throw tooDeep("content");
        }
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text text) {
                value("content", text.more(), level);
            } else if (block instanceof ContentBlock.ToolUse call) {
                value("the input of the call of " + call.name(), call.input(), level);
                value("content", call.more(), level);
            } else if (block instanceof ContentBlock.ToolResult result) {
                blocks(result.content(), level + 1);
                value("content", result.more(), level);
            } else if (block instanceof ContentBlock.SearchResult hit) {
                blocks(hit.content(), level + 1);
                value("content", hit.more(), level);
            } else if (block instanceof ContentBlock.Document document) {
                if (document.source() instanceof MediaSource.Blocks source) {
                    blocks(source.content(), level + 1);
                }
                value("content", document.more(), level);
            } else if (block instanceof ContentBlock.Image image) {
                value("content", image.more(), level);
            } else if (block instanceof ContentBlock.Thinking thinking) {
                value("content", thinking.more(), level);
            } else if (block instanceof ContentBlock.Other other) {
                value("content", other.members(), level);
            }
        }
    }

    private static void value(String name, @Nullable Object value, int level) {
        if (level > DEEPEST) {
            throw tooDeep(name);
        }
        if (value instanceof Map<?, ?> members) {
            for (Object member : members.values()) {
                value(name, member, level + 1);
            }
        } else if (value instanceof Collection<?> elements) {
            for (Object element : elements) {
                value(name, element, level + 1);
            }
        } else if (value instanceof Number number) {
            // One of any size is infinite to whoever reads it into a double, as most do.
            if (!Double.isFinite(number.doubleValue())) {
                throw new IllegalArgumentException(name + " must be finite numbers, not " + number);
            }
        } else if (value != null && !(value instanceof CharSequence) && !(value instanceof Boolean)) {
            throw new IllegalArgumentException(
                    name + " holds a " + value.getClass().getName() + ", which is no value of JSON");
        }
    }

    private static IllegalArgumentException tooDeep(String name) {
        return new IllegalArgumentException(name + " is nested deeper than " + DEEPEST + " levels");
    }
}
