package dev.patchbay.codec.messages;

import dev.patchbay.codec.Efforts;
import dev.patchbay.codec.Quirks;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Thinking;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How thinking is asked for at a Messages endpoint (dialects.md, VQ6).
 *
 * @param thinking the {@code thinking} member
 * @param effort the {@code output_config.effort} member
 * @param addedBudget tokens for thinking that the request did not count; they raise {@code max_tokens}
 */
record MessagesThinking(Optional<Thinking> thinking, Optional<String> effort, int addedBudget) {

    static MessagesThinking of(ChatRequest request, Quirks quirks) {
        Optional<Thinking> asked = request.thinking();
        Optional<String> effort = request.effort().map(level -> level.equals("minimal") ? "low" : level);
        if (effort.filter(Efforts.NONE::equals).isPresent()) {
            Thinking off = new Thinking(Thinking.Mode.DISABLED, OptionalInt.empty());
            return new MessagesThinking(Optional.of(asked.orElse(off)), Optional.empty(), 0);
        }
        if (effort.isEmpty() || takesEffort(quirks)) {
            return new MessagesThinking(asked, effort.flatMap(level -> fit(level, quirks)), 0);
        }
        if (asked.isPresent()) {
            return new MessagesThinking(asked, Optional.empty(), 0);
        }
        int budget = budget(effort.get());
        Thinking on = new Thinking(Thinking.Mode.ENABLED, OptionalInt.of(budget));
        return new MessagesThinking(Optional.of(on), Optional.empty(), budget);
    }

    /** Older models know a budget only; their provider says so by having no levels. */
    private static boolean takesEffort(Quirks quirks) {
        return !quirks.efforts().isEmpty() && !quirks.reasoning().equals("thinking_type");
    }

    /** Levels are Anthropic's own unless the provider names those of its model. */
    private static Optional<String> fit(String level, Quirks quirks) {
        return quirks.isSet("efforts") ? Efforts.fit(level, quirks.efforts()) : Optional.of(level);
    }

    private static int budget(String level) {
        return switch (level) {
            case "low" -> 2048;
            case "medium" -> 8192;
            default -> 16384;
        };
    }
}
