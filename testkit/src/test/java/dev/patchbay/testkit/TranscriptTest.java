package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatEvent.BlockStarted;
import dev.patchbay.spi.ChatEvent.BlockStopped;
import dev.patchbay.spi.ChatEvent.Finishing;
import dev.patchbay.spi.ChatEvent.InputDelta;
import dev.patchbay.spi.ChatEvent.SignatureDelta;
import dev.patchbay.spi.ChatEvent.Started;
import dev.patchbay.spi.ChatEvent.Stopped;
import dev.patchbay.spi.ChatEvent.TextDelta;
import dev.patchbay.spi.ChatEvent.ThinkingDelta;
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

    private static final ChatEvent START = new Started(
            Optional.of("msg_1"),
            Optional.empty(),
            Usage.builder().inputTokens(3).build());
    private static final ChatEvent END = new Finishing(
            StopReason.TOOL_USE,
            Optional.empty(),
            Usage.builder().outputTokens(4).build());
    private static final ChatEvent STOP = new Stopped();
    private static final ContentBlock TEXT = new ContentBlock.Text("");
    private static final ContentBlock THOUGHT = new ContentBlock.Thinking("", "");
    private static final ContentBlock CALL = new ContentBlock.ToolUse("call_1", "read", Map.of());

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
                new BlockStarted(0, THOUGHT),
                new ThinkingDelta(0, "h"),
                new ThinkingDelta(0, "m"),
                new SignatureDelta(0, "s"),
                new BlockStopped(0),
                new BlockStarted(1, TEXT),
                new TextDelta(1, "Hel"),
                new TextDelta(1, "lo"),
                new BlockStopped(1),
                new BlockStarted(2, CALL),
                new InputDelta(2, "{\"a\":"),
                new InputDelta(2, "1}"),
                new BlockStopped(2),
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
                wrong("between Started and Finishing", new BlockStarted(0, TEXT)),
                wrong("comes after NEW only", START, START),
                wrong("comes after OPEN only", START, END, END),
                wrong("comes after FINISHING only", START, STOP),
                wrong("the next block is 0", START, new BlockStarted(1, TEXT)),
                wrong("block 0 is still open", START, new BlockStarted(0, TEXT), new BlockStarted(1, TEXT)),
                wrong("block 0 is still open", START, new BlockStarted(0, TEXT), END),
                wrong("the open block is none", START, new TextDelta(0, "x")),
                wrong("the open block is none", START, new BlockStopped(0)),
                wrong("the open block is 0", START, new BlockStarted(0, TEXT), new TextDelta(1, "x")),
                wrong("of another kind", START, new BlockStarted(0, CALL), new TextDelta(0, "x")),
                wrong("between Started and Finishing", START, END, new BlockStarted(0, TEXT)));
    }

    @ParameterizedTest
    @MethodSource("disorder")
    void refusesEventsOutOfOrder(String message, ChatEvent[] events) {
        assertThatThrownBy(() -> transcript(events))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
