package dev.patchbay.codec;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.Set;

/** Names the blocks of a history that an endpoint of OpenAI's dialects cannot be told of (dialects.md, Q10 and M6a). */
public final class UnknownContent {

    /** Of tools that ran at Anthropic, in every turn from then on; nobody need be warned of them. */
    private static final Set<String> KNOWN =
            Set.of("server_tool_use", "mcp_tool_use", "container_upload", "compaction");

    private UnknownContent() {}

    /** Takes note of the blocks in the conversation of a request. */
    public static void note(ChatRequest request, DroppedMembers dropped) {
        for (ChatMessage message : request.messages()) {
            for (ContentBlock block : message.content()) {
                if (block instanceof ContentBlock.Other other) {
                    note(other.type(), dropped);
                }
            }
        }
    }

    private static void note(String type, DroppedMembers dropped) {
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
