package dev.patchbay.workbench.probe;

import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.List;
import java.util.Optional;

/** A whole answer of a model. */
record ModelReply(List<ContentBlock> content, Optional<StopReason> stopReason, Usage usage, int events) {

    List<ContentBlock.ToolUse> toolCalls() {
        return content.stream()
                .filter(ContentBlock.ToolUse.class::isInstance)
                .map(ContentBlock.ToolUse.class::cast)
                .toList();
    }

    boolean hasThinking() {
        return content.stream().anyMatch(ContentBlock.Thinking.class::isInstance);
    }

    boolean isCut() {
        return stopReason.filter(StopReason.MAX_TOKENS::equals).isPresent();
    }

    boolean hasUsage() {
        return usage.inputTokens().isPresent() || usage.outputTokens().isPresent();
    }

    /** {@code 11 tokens in, 7 out}, or that nothing was said. */
    String tokens() {
        if (!hasUsage()) {
            return "no usage reported";
        }
        return (usage.inputTokens().isPresent() ? usage.inputTokens().getAsLong() + " tokens in" : "tokens in unknown")
                + (usage.outputTokens().isPresent()
                        ? ", " + usage.outputTokens().getAsLong() + " out"
                        : "");
    }
}
