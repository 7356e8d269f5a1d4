package dev.patchbay.internal.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** 1.10: proofs of thinking, for clients that drop them. */
class KeptProofsTest {

    private static final Map<String, @Nullable Object> SIGNATURE =
            Map.of("extra_content", Map.of("google", Map.of("thought_signature", "sig")));
    private static final ContentBlock.Thinking THOUGHT = ContentBlock.thinking("hm", "proof");

    private final AtomicLong now = new AtomicLong();
    private final KeptItems kept = new KeptItems(now::get);
    private final KeptProofs proofs = new KeptProofs(kept.of("mine"), "gemini");

    @Test
    void givesACallItsProofBackHoweverItsInputIsWritten() {
        proofs.keep(List.of(call("Read:0", Map.of("path", "/a", "n", 1, "l", List.of(1.5)), SIGNATURE)));

        assertThat(restored(call("Read:0", Map.of("n", 1.0, "l", List.of(1.50), "path", "/a"), Map.of())))
                .singleElement()
                .isEqualTo(call("Read:0", Map.of("n", 1.0, "l", List.of(1.50), "path", "/a"), SIGNATURE));
    }

    @Test
    void putsThinkingInFrontOfTheCallsThatItLedTo() {
        ContentBlock.Thinking later = ContentBlock.thinking("and", "more");
        ContentBlock.ToolUse first = call("a", Map.of(), Map.of());
        ContentBlock.ToolUse second = call("b", Map.of(), Map.of());
        ContentBlock.Text text = ContentBlock.text("so");
        proofs.keep(List.of(THOUGHT, ContentBlock.redactedThinking("zz"), text, first, later, second));

        assertThat(restored(text, first, second))
                .containsExactly(THOUGHT, ContentBlock.redactedThinking("zz"), text, first, later, second);
    }

    @Test
    void leavesThinkingAloneThatTheClientSentBack() {
        proofs.keep(List.of(THOUGHT, call("a", Map.of(), SIGNATURE)));
        ContentBlock.Thinking own = ContentBlock.thinking("mine", "s");

        assertThat(restored(own, call("a", Map.of(), Map.of()))).containsExactly(own, call("a", Map.of(), SIGNATURE));
    }

    @Test
    void givesNobodyElsesProofAndNoOtherCalls() {
        proofs.keep(List.of(THOUGHT, call("Read:0", Map.of("path", "/a"), SIGNATURE)));
        ChatRequest same = request(call("Read:0", Map.of("path", "/a"), Map.of()));

        assertThat(new KeptProofs(kept.of("yours"), "gemini").restored(same)).isSameAs(same);
        assertThat(new KeptProofs(kept.of("mine"), "other").restored(same)).isSameAs(same);
        assertThat(restored(call("Read:0", Map.of("path", "/b"), Map.of()))).hasSize(1);
        assertThat(restored(call("Read:1", Map.of("path", "/a"), Map.of()))).hasSize(1);
        assertThat(restored(ContentBlock.toolUse("Read:0", "g", Map.of("path", "/a"))))
                .hasSize(1);
    }

    @Test
    void forgetsAfterAnHourWithoutUse() {
        proofs.keep(List.of(THOUGHT, call("a", Map.of(), Map.of())));
        now.addAndGet(Duration.ofMinutes(61).toNanos());

        assertThat(restored(call("a", Map.of(), Map.of()))).hasSize(1);
    }

    @Test
    void keepsNothingOfCallsWithoutAProof() {
        ChatRequest same = request(call("a", Map.of(), Map.of()));
        proofs.keep(List.of(ContentBlock.text("x"), call("a", Map.of(), Map.of())));

        assertThat(proofs.restored(same)).isSameAs(same);
    }

    private List<ContentBlock> restored(ContentBlock... blocks) {
        return proofs.restored(request(blocks)).messages().get(1).content();
    }

    private static ChatRequest request(ContentBlock... blocks) {
        return ChatRequest.builder("m")
                .message(ChatMessage.user("q"))
                .message(new ChatMessage(Role.ASSISTANT, List.of(blocks)))
                .build();
    }

    private static ContentBlock.ToolUse call(
            String id, Map<String, @Nullable Object> input, Map<String, @Nullable Object> more) {
        return ContentBlock.toolUse(id, "f", input, more);
    }
}
