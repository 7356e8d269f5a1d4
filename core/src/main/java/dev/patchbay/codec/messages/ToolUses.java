package dev.patchbay.codec.messages;

import dev.patchbay.codec.Ids;
import dev.patchbay.spi.ContentBlock;
import java.util.Optional;

/** Tool calls of upstreams that are not quite Anthropic. */
final class ToolUses {

    private ToolUses() {}

    /** The block, with an id if it is a call that lacks one; empty if it is a call that nobody can make. */
    static Optional<ContentBlock> usable(ContentBlock block) {
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
