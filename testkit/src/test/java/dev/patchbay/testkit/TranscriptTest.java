package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptTest {

    private static final ChatEvent START =
            ChatEvent.started("msg_1", "", Usage.builder().inputTokens(3).build());
    private static final ChatEvent END = ChatEvent.finishing(
            StopReason.TOOL_USE, Usage.builder().outputTokens(4).build());
    private static final ChatEvent STOP = ChatEvent.stopped();
    private static final ContentBlock TEXT = ContentBlock.text("");
    private static final ContentBlock THOUGHT = ContentBlock.thinking("", "");
    private static final ContentBlock CALL = ContentBlock.toolUse("call_1", "read", Map.of());

    private static Transcript transcript(ChatEvent... events) {
        Queue<ChatEvent> left = new ArrayDeque<>(List.of(events));
        return Transcript.of(new ChatStream() {
            @Override
            public Optional<ChatEvent> next() {
                return Optional.ofNullable(left.poll());
            }

            @Override
            public void close() {
                left.clear();
            }
        });
    }

    @Test
    void putsAnAnswerTogether() {
        Transcript transcript = transcript(
                START,
                ChatEvent.blockStarted(0, THOUGHT),
                ChatEvent.thinkingDelta(0, "h"),
                ChatEvent.thinkingDelta(0, "m"),
                ChatEvent.signatureDelta(0, "s"),
                ChatEvent.blockStopped(0),
                ChatEvent.blockStarted(1, TEXT),
                ChatEvent.textDelta(1, "Hel"),
                ChatEvent.textDelta(1, "lo"),
                ChatEvent.blockStopped(1),
                ChatEvent.blockStarted(2, CALL),
                ChatEvent.inputDelta(2, "{\"a\":"),
                ChatEvent.inputDelta(2, "1}"),
                ChatEvent.blockStopped(2),
                END,
                STOP);

        assertThat(transcript.thinking()).isEqualTo("hm");
        assertThat(transcript.text()).isEqualTo("Hello");
        assertThat(transcript.toolCalls()).containsExactly(new Transcript.ToolCall("call_1", "read", "{\"a\":1}"));
        assertThat(transcript.stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(transcript.usage())
                .isEqualTo(Usage.builder().inputTokens(3).outputTokens(4).build());
        assertThat(transcript.events()).hasSize(16);
    }

    private static Arguments wrong(String message, ChatEvent... events) {
        return Arguments.of(message, events);
    }

    static Stream<Arguments> disorder() {
        return Stream.of(
                wrong("ended without Stopped"),
                wrong("ended without Stopped", START, END),
                wrong("between Started and Finishing", ChatEvent.blockStarted(0, TEXT)),
                wrong("comes after NEW only", START, START),
                wrong("comes after OPEN only", START, END, END),
                wrong("comes after FINISHING only", START, STOP),
                wrong("the next block is 0", START, ChatEvent.blockStarted(1, TEXT)),
                wrong("block 0 is still open", START, ChatEvent.blockStarted(0, TEXT), ChatEvent.blockStarted(1, TEXT)),
                wrong("block 0 is still open", START, ChatEvent.blockStarted(0, TEXT), END),
                wrong("the open block is none", START, ChatEvent.textDelta(0, "x")),
                wrong("the open block is none", START, ChatEvent.blockStopped(0)),
                wrong("the open block is 0", START, ChatEvent.blockStarted(0, TEXT), ChatEvent.textDelta(1, "x")),
                wrong("of another kind", START, ChatEvent.blockStarted(0, CALL), ChatEvent.textDelta(0, "x")),
                wrong("between Started and Finishing", START, END, ChatEvent.blockStarted(0, TEXT)));
    }

    @ParameterizedTest
    @MethodSource("disorder")
    void refusesEventsOutOfOrder(String message, ChatEvent[] events) {
        assertThatThrownBy(() -> transcript(events))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
