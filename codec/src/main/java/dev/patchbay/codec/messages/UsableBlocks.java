package dev.patchbay.codec.messages;

import dev.patchbay.codec.CallIds;
import dev.patchbay.codec.FreshIds;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.Optional;
import java.util.Set;

/** Blocks of upstreams that are not quite Anthropic. */
final class UsableBlocks {

    private final ToolNames names;
    private final InputNames inputs;
    private final Set<String> usedIds;

    /** For one answer to this request, whose calls have ids that no other may have (R5). */
    UsableBlocks(ChatRequest request) {
        this.names = MessagesRequestWriter.names(request);
        this.inputs = new InputNames(request.tools());
        this.usedIds = CallIds.in(request);
    }

    /**
     * The block, with the name that the client declared and with an id of its own if it is a call; empty if it is a call that
     * nobody can make, or does not say what it is.
     */
    Optional<ContentBlock> usable(ContentBlock block) {
        if (block instanceof ContentBlock.Other other && other.type().isEmpty()) {
            return Optional.empty();
        }
        if (!(block instanceof ContentBlock.ToolUse call)) {
            return Optional.of(block);
        }
        if (call.name().isEmpty()) {
            return Optional.empty();
        }
        String id = call.id().isEmpty() || usedIds.contains(call.id()) ? FreshIds.fresh("toolu_") : call.id();
        usedIds.add(id);
        String name = names.restored(call.name());
        return Optional.of(ContentBlock.toolUse(id, name, inputs.restored(name, call.input()), call.more()));
    }

    /** The names of the members of a call's input. */
    InputNames inputs() {
        return inputs;
    }
}
