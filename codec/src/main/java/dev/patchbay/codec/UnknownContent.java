package dev.patchbay.codec;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Names what of a history an endpoint of OpenAI's dialects cannot be told, or by a note alone (dialects.md, Q10, M6 and M6a). */
public final class UnknownContent {

    /** Of tools that ran at Anthropic, in every turn from then on; nobody need be warned of them. */
    private static final Set<String> KNOWN =
            Set.of("server_tool_use", "mcp_tool_use", "container_upload", "compaction");

    /** Told by its name. */
    private static final String REFERENCE = "tool_reference";

    private UnknownContent() {}

    /**
     * Takes note of the blocks in the conversation of a request.
     *
     * @param sent whether an image or a document goes to the upstream as it is
     */
    public static void note(ChatRequest request, Predicate<ContentBlock> sent, DroppedMembers dropped) {
        noteSystem(request, dropped);
        for (ChatMessage message : request.messages()) {
            if (message.role() != Role.SYSTEM) {
                message.content().forEach(block -> note(block, sent, dropped));
            }
        }
    }

    /** Takes note of what is no text in instructions, wherever they stand: no dialect takes it there. */
    public static void noteSystem(ChatRequest request, DroppedMembers dropped) {
        request.system().forEach(block -> noteInstruction(block, dropped));
        for (ChatMessage message : request.messages()) {
            if (message.role() == Role.SYSTEM) {
                message.content().forEach(block -> noteInstruction(block, dropped));
            }
        }
    }

    private static void noteInstruction(ContentBlock block, DroppedMembers dropped) {
        if (block instanceof ContentBlock.Image) {
            dropped.add("messages.content.image");
        } else if (block instanceof ContentBlock.Document) {
            dropped.add("messages.content.document");
        } else if (block instanceof ContentBlock.SearchResult) {
            dropped.add("messages.content.search_result");
        } else if (block instanceof ContentBlock.Other other) {
            note(other.type(), dropped);
        }
    }

    private static void note(ContentBlock block, Predicate<ContentBlock> sent, DroppedMembers dropped) {
        if (block instanceof ContentBlock.Other other) {
            note(other.type(), dropped);
        } else if (block instanceof ContentBlock.ToolResult result) {
            result.content().forEach(inner -> note(inner, sent, dropped));
        } else if (block instanceof ContentBlock.Image && !sent.test(block)) {
            dropped.add("messages.content.image");
        } else if (block instanceof ContentBlock.Document document) {
            noteCitations("document", document.more(), dropped);
            if (document.source() instanceof MediaSource.Blocks blocks) {
                blocks.content().forEach(inner -> note(inner, sent, dropped));
            } else if (!MediaText.isText(document) && !sent.test(block)) {
                dropped.add("messages.content.document");
            }
        } else if (block instanceof ContentBlock.SearchResult result) {
            noteCitations("search_result", result.more(), dropped);
        }
    }

    /** An answer that cites what it was given is asked for of Anthropic alone. */
    private static void noteCitations(String type, Map<String, @Nullable Object> more, DroppedMembers dropped) {
        if (more.get("citations") instanceof Map<?, ?> citations && Boolean.TRUE.equals(citations.get("enabled"))) {
            dropped.add("messages.content." + type + ".citations");
        }
    }

    private static void note(String type, DroppedMembers dropped) {
        if (type.equals(REFERENCE)) {
            return;
        }
        String name = "messages.content." + type;
        if (KNOWN.contains(type) || type.endsWith("_tool_result")) {
            dropped.add(name);
            return;
        }
        dropped.add(
                name,
                "a content block of the unknown type '" + type + "' is left out for provider '" + dropped.provider()
                        + "'");
    }
}
