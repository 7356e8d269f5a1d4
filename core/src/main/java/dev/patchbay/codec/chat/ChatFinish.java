package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.List;
import java.util.Optional;

/**
 * Why a chat answer ended (dialects.md, R7). Collects what the chunks say of it, of which the last word counts (S9). Used
 * by one thread.
 */
final class ChatFinish {

    private final List<String> stopSequences;
    private String reason = "";
    private String matched = "";
    private boolean refused;

    ChatFinish(ChatRequest request) {
        this.stopSequences = request.stopSequences();
    }

    /** Takes a choice; the empty reason is none. */
    void choice(JsonNode choice) {
        String said = choice.path("finish_reason").asText("");
        if (!said.isEmpty()) {
            reason = said;
        }
        matched(choice.path("stop_reason"));
        matched(choice.path("matched_stop"));
    }

    /** Takes note that the model refused. */
    void refused() {
        refused = true;
    }

    /** Whether any reason was given. */
    boolean isSeen() {
        return !reason.isEmpty();
    }

    /** The event that says why. */
    ChatEvent.Finishing event(boolean calledTools, Usage usage) {
        StopReason stop = stopReason(calledTools);
        Optional<String> sequence = stop.equals(StopReason.STOP_SEQUENCE) ? Optional.of(matched) : Optional.empty();
        return new ChatEvent.Finishing(stop, sequence, usage);
    }

    private StopReason stopReason(boolean calledTools) {
        if (reason.equals("length")) {
            return StopReason.MAX_TOKENS;
        }
        if (reason.equals("content_filter") || refused) {
            return StopReason.REFUSAL;
        }
        if (calledTools) {
            return StopReason.TOOL_USE;
        }
        boolean natural = reason.isEmpty() || reason.equals("stop");
        return natural && !matched.isEmpty() ? StopReason.STOP_SEQUENCE : StopReason.END_TURN;
    }

    /** Servers put the id of their end token there too; only what the client asked for is a stop sequence. */
    private void matched(JsonNode stop) {
        if (stop.isTextual() && stopSequences.contains(stop.textValue())) {
            matched = stop.textValue();
        }
    }
}
