package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.FinishWord;
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

    /** Whether more came behind a reason: some servers give one with every chunk (su-kaka/gcli2api#403). */
    private boolean hasty;

    private boolean meant;

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

    /**
     * Takes the choice of a chunk.
     *
     * @param counts whether what it says is new, and does not repeat what came before
     */
    void chunk(JsonNode choice, boolean counts) {
        boolean reasoned = !choice.path("finish_reason").asText("").isEmpty();
        if (!reasoned && !isSeen()) {
            // Most chunks of an answer: nothing is to be learnt of its end.
            return;
        }
        boolean says = counts && says(ChatChunks.said(choice, "delta"));
        if (says && isSeen()) {
            hasty = true;
            meant = false;
        }
        choice(choice);
        meant |= reasoned && !(says && hasty);
    }

    /** Whether a delta or a message holds some of the answer. */
    static boolean says(JsonNode delta) {
        return !ChatText.text(delta).isEmpty()
                || !ChatText.thinking(delta).isEmpty()
                || !ChatText.refusal(delta).isEmpty()
                || !ChatChunks.calls(delta).isEmpty()
                || delta.path("function_call").isObject();
    }

    /** Takes note that the model refused. */
    void refused() {
        refused = true;
    }

    /** Whether a choice says that its answer broke off (R9, S12). */
    static boolean failed(JsonNode choice) {
        return FinishWord.of(choice.path("finish_reason").asText("")) == FinishWord.FAILED;
    }

    /** Whether any reason was given. */
    boolean isSeen() {
        return !reason.isEmpty();
    }

    /** Whether the last reason seems to be one, and is not said with every chunk. */
    boolean isMeant() {
        return meant;
    }

    /** Whether it is the word that may also stand before any answer (open-webui#23921). */
    boolean isStop() {
        return reason.equalsIgnoreCase("stop");
    }

    /** The event that says why. */
    ChatEvent.Finishing event(boolean calledTools, Usage usage) {
        StopReason stop = stopReason(calledTools);
        Optional<String> sequence = stop.equals(StopReason.STOP_SEQUENCE) ? Optional.of(matched) : Optional.empty();
        return ChatEvent.finishing(stop, sequence.orElse(""), usage);
    }

    private StopReason stopReason(boolean calledTools) {
        FinishWord word = FinishWord.of(reason);
        StopReason stop = refused && word == FinishWord.NATURAL ? StopReason.REFUSAL : word.stopReason(calledTools);
        boolean natural = reason.isEmpty() || reason.equalsIgnoreCase("stop");
        boolean sequence = natural && !matched.isEmpty() && stop.equals(StopReason.END_TURN);
        return sequence ? StopReason.STOP_SEQUENCE : stop;
    }

    /** Servers put the id of their end token there too; only what the client asked for is a stop sequence. */
    private void matched(JsonNode stop) {
        if (stop.isTextual() && stopSequences.contains(stop.textValue())) {
            matched = stop.textValue();
        }
    }
}
