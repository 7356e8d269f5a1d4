package dev.patchbay.codec.messages;

import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Efforts;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.ThinkingProof;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Thinking;
import java.util.List;
import java.util.Optional;

/**
 * How thinking is asked for at a Messages endpoint (dialects.md, VQ6).
 *
 * @param thinking the {@code thinking} member
 * @param effort the {@code output_config.effort} member
 * @param addedBudget tokens for thinking that the request did not count; they raise {@code max_tokens}
 */
record MessagesThinking(Optional<Thinking> thinking, Optional<String> effort, int addedBudget) {

    /** The fewest tokens that Anthropic takes as a budget (platform.claude.com, extended thinking). */
    private static final int SMALLEST_BUDGET = 1024;

    /** Levels that have a budget of their own. */
    private static final List<String> BUDGETS = List.of("low", "medium", "high");

    static MessagesThinking of(ChatRequest request, Quirks quirks, DroppedMembers dropped) {
        MessagesThinking asked = asked(request, quirks, dropped);
        boolean on = asked.thinking.map(Thinking::mode).orElse(Thinking.Mode.DISABLED) != Thinking.Mode.DISABLED;
        if (!on || !continuesUnproved(request)) {
            return asked;
        }
        noteLost(request, dropped);
        return new MessagesThinking(Optional.empty(), asked.effort, 0);
    }

    /** Takes note that a request cannot think as it wants. */
    static void noteLost(ChatRequest request, DroppedMembers dropped) {
        dropped.add(request.thinking().isPresent() ? "thinking" : Efforts.MEMBER);
    }

    /** The tokens that are asked for thinking; 0 where nobody says how many. */
    int budget() {
        int asked = asked();
        return asked == 0 ? 0 : Math.max(SMALLEST_BUDGET, asked);
    }

    private int asked() {
        return thinking.map(value -> value.budgetTokens().orElse(0)).orElse(0);
    }

    /** The member, with a budget that Anthropic takes: 1024 tokens at least, and fewer than the whole answer has. */
    Optional<Thinking> within(int maxTokens) {
        int budget = budget();
        if (budget == 0) {
            return thinking;
        }
        if (maxTokens <= SMALLEST_BUDGET) {
            return Optional.empty();
        }
        return budget == asked() && budget < maxTokens
                ? thinking
                : Optional.of(Thinking.enabled(Math.min(budget, Math.max(SMALLEST_BUDGET, maxTokens / 2))));
    }

    /**
     * Whether the last answer called tools without a proof of its thinking, as chat clients send it back: Anthropic then refuses
     * to think on.
     */
    private static boolean continuesUnproved(ChatRequest request) {
        for (int i = request.messages().size() - 1; i >= 0; i--) {
            ChatMessage message = request.messages().get(i);
            if (message.role() == Role.ASSISTANT) {
                return message.content().stream().anyMatch(ContentBlock.ToolUse.class::isInstance)
                        && message.content().stream().noneMatch(MessagesThinking::isProved);
            }
        }
        return false;
    }

    private static boolean isProved(ContentBlock block) {
        return block instanceof ContentBlock.RedactedThinking
                || (block instanceof ContentBlock.Thinking thinking
                        && !thinking.signature().isBlank()
                        && !ThinkingProof.isSealed(thinking.signature()));
    }

    private static MessagesThinking asked(ChatRequest request, Quirks quirks, DroppedMembers dropped) {
        Optional<Thinking> asked = request.thinking();
        Optional<String> effort = request.effort().map(level -> level.equals("minimal") ? "low" : level);
        if (effort.filter(Efforts.NONE::equals).isPresent()) {
            Thinking off = Thinking.of(Thinking.Mode.DISABLED);
            return new MessagesThinking(Optional.of(asked.orElse(off)), Optional.empty(), 0);
        }
        if (effort.isEmpty() || takesEffort(quirks)) {
            Optional<String> sent = effort.flatMap(level -> fit(level, quirks));
            Efforts.note(request, sent, dropped);
            return budgeted(asked, sent, quirks);
        }
        if (asked.isPresent()) {
            Efforts.note(request, Optional.empty(), dropped);
            return budgeted(asked, Optional.empty(), quirks);
        }
        Efforts.note(request, Efforts.fit(effort.get(), BUDGETS), dropped);
        int budget = budget(effort.get());
        Thinking on = Thinking.enabled(budget);
        return new MessagesThinking(Optional.of(on), Optional.empty(), budget);
    }

    /** Other dialects switch thinking on without a budget; Anthropic wants one, or none to be spoken of. */
    private static MessagesThinking budgeted(Optional<Thinking> asked, Optional<String> effort, Quirks quirks) {
        boolean open = asked.filter(thinking -> thinking.mode() == Thinking.Mode.ENABLED)
                .filter(thinking -> thinking.budgetTokens().isEmpty())
                .isPresent();
        if (!open) {
            return new MessagesThinking(asked, effort, 0);
        }
        if (takesEffort(quirks)) {
            return new MessagesThinking(Optional.of(Thinking.of(Thinking.Mode.ADAPTIVE)), effort, 0);
        }
        int budget = budget("medium");
        return new MessagesThinking(Optional.of(Thinking.enabled(budget)), effort, budget);
    }

    /** Older models know a budget only; their provider says so by having no levels. */
    private static boolean takesEffort(Quirks quirks) {
        return !quirks.efforts().isEmpty() && !quirks.reasoning().equals("thinking_type");
    }

    /** Levels are Anthropic's own unless the provider names those of its model. */
    private static Optional<String> fit(String level, Quirks quirks) {
        return quirks.isSet("efforts")
                ? Efforts.fit(level, quirks.efforts())
                : Efforts.fit(level, Efforts.levels()).or(() -> Optional.of(level));
    }

    private static int budget(String level) {
        return switch (level) {
            case "low" -> 2048;
            case "medium" -> 8192;
            default -> 16384;
        };
    }
}
