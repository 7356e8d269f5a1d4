package dev.patchbay.codec.messages;

import dev.patchbay.codec.FreshIds;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.spi.ContentBlock;
import java.util.Optional;

/** Blocks of upstreams that are not quite Anthropic. */
final class UsableBlocks {

    private UsableBlocks() {}

    /**
     * The block, with the name that the client declared and with an id if it is a call that lacks one; empty if it is a call that nobody can make, or does not say what it
     * is.
     */
    static Optional<ContentBlock> usable(ContentBlock block, ToolNames names) {
        if (block instanceof ContentBlock.Other other && other.type().isEmpty()) {
            return Optional.empty();
        }
        if (!(block instanceof ContentBlock.ToolUse call)) {
            return Optional.of(block);
        }
        if (call.name().isEmpty()) {
            return Optional.empty();
        }
        String id = call.id().isEmpty() ? FreshIds.fresh("toolu_") : call.id();
        return Optional.of(ContentBlock.toolUse(id, names.restored(call.name()), call.input(), call.more()));
    }
}
