package dev.patchbay.codec.messages;

import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.FinishWord;
import dev.patchbay.spi.StopReason;
import java.util.Optional;

/** Why an answer of a Messages endpoint ended; not all of them are Anthropic's own, or use its words (dialects.md, R7). */
final class MessagesStop {

    private MessagesStop() {}

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
