package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Efforts;
import dev.patchbay.codec.Quirks;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Thinking;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks for thinking in the upstream's own way (dialects.md, M4). */
final class ChatReasoning {

    private final Quirks quirks;
    private final DroppedMembers dropped;

    ChatReasoning(Quirks quirks, DroppedMembers dropped) {
        this.quirks = quirks;
        this.dropped = dropped;
    }

    void write(ChatRequest request, ObjectNode body) {
        switch (quirks.reasoning()) {
            case "reasoning_effort" ->
                Efforts.sent(request, quirks.efforts(), dropped)
                        .ifPresent(level -> body.put("reasoning_effort", level));
            case "openrouter" -> openRouter(request, body);
            case "thinking_type" -> thinkingType(request, body);
            default -> noteDropped(request);
        }
    }

    private void noteDropped(ChatRequest request) {
        if (request.thinking().isPresent()
                && !isDisabled(request)
                && !quirks.extra().contains("thinking")) {
            dropped.add("thinking");
        }
        if (request.effort().isPresent() && !quirks.extra().contains("output_config")) {
            dropped.add(Efforts.MEMBER);
        }
    }

    private void openRouter(ChatRequest request, ObjectNode body) {
        Optional<Thinking> thinking = request.thinking();
        OptionalInt budget = thinking.map(Thinking::budgetTokens).orElse(OptionalInt.empty());
        if (isDisabled(request)) {
            body.putObject("reasoning").put("enabled", false);
        } else if (request.effort().isPresent()) {
            Efforts.sent(request, quirks.efforts(), dropped)
                    .ifPresent(level -> body.putObject("reasoning").put("effort", level));
        } else if (budget.isPresent()) {
            body.putObject("reasoning").put("max_tokens", budget.getAsInt());
        } else if (thinking.isPresent()) {
            body.putObject("reasoning").put("enabled", true);
        }
    }

    private void thinkingType(ChatRequest request, ObjectNode body) {
        if (request.thinking().isEmpty() && request.effort().isEmpty()) {
            return;
        }
        request.effort()
                .filter(level -> !isDisabled(request))
                .ifPresent(level -> dropped.change(
                        Efforts.MEMBER,
                        "effort " + level + " goes to " + dropped.provider()
                                + " as thinking, which has no levels there"));
        body.putObject("thinking").put("type", isDisabled(request) ? "disabled" : "enabled");
    }

    private static boolean isDisabled(ChatRequest request) {
        return Efforts.wanted(request).filter(Efforts.NONE::equals).isPresent();
    }
}
