package dev.patchbay.codec.messages;

import dev.patchbay.codec.Ids;
import dev.patchbay.spi.ContentBlock;
import java.util.Optional;

/** Blocks of upstreams that are not quite Anthropic. */
final class UsableBlocks {

    private UsableBlocks() {}

    /**
     * The block, with an id if it is a call that lacks one; empty if it is a call that nobody can make, or does not say what it
     * is.
     */
    static Optional<ContentBlock> usable(ContentBlock block) {
        if (block instanceof ContentBlock.Other other && other.type().isEmpty()) {
            return Optional.empty();
        }
        if (!(block instanceof ContentBlock.ToolUse call)) {
            return Optional.of(block);
        }
        if (call.name().isEmpty()) {
            return Optional.empty();
        }
        String id = call.id().isEmpty() ? Ids.fresh("toolu_") : call.id();
        return Optional.of(new ContentBlock.ToolUse(id, call.name(), call.input(), call.more()));
    }
}
