package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.FinishWord;
import dev.patchbay.codec.Refusal;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import java.util.Optional;

/** Why an answer of a Messages endpoint ended; not all of them are Anthropic's own, or use its words (dialects.md, R7). */
final class MessagesStop {

    private MessagesStop() {}

    /** Why a filter cut the answer, where it says so (platform.claude.com, handle streaming refusals). */
    static Optional<ContentBlock.Text> explanation(JsonNode message) {
        String explanation = message.path("stop_details").path("explanation").asText("");
        boolean refused = message.path("stop_reason").asText("").equals(StopReason.REFUSAL.value());
        return refused && !explanation.isBlank() ? Optional.of(Refusal.ofFilter(explanation)) : Optional.empty();
    }

    /**
     * The reason.
     *
     * @param said the upstream's word; empty if it has none
     * @param called whether the answer holds a call
     * @throws dev.patchbay.spi.ProviderException if the word says that the answer broke off
     */
    static StopReason reason(Optional<String> said, boolean called) {
        String word = said.orElse("");
        FinishWord meaning = FinishWord.of(word);
        if (meaning == FinishWord.FAILED) {
            throw Bodies.unusable("upstream ended its answer with '" + word + "', without a message");
        }
        if (meaning != FinishWord.NATURAL) {
            return meaning.stopReason(called);
        }
        boolean ofItsOwn = switch (word) {
            case "", "end_turn", "stop", "tool_use", "tool_calls" -> false;
            default -> true;
        };
        return ofItsOwn && !called ? new StopReason(word) : meaning.stopReason(called);
    }
}
