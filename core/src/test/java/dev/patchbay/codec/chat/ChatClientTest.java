package dev.patchbay.codec.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.json.Json;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** VR1, VR2 and VS1 to VS3, where no vector looks. */
class ChatClientTest {

    private static final Usage USAGE = Usage.builder()
            .inputTokens(5)
            .cacheReadTokens(90)
            .cacheCreationTokens(5)
            .outputTokens(7)
            .thinkingTokens(3)
            .build();

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "stop_sequence, stop",
        "pause_turn, stop",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "tool_use, tool_calls",
        "refusal, content_filter",
        "something_new, stop"
    })
    void translatesTheReason(String reason, String finish) {
        JsonNode body = ChatResponseWriter.write(answer(new StopReason(reason)), "asked");

        assertThat(body.path("choices").path(0).path("finish_reason").asText()).isEqualTo(finish);
    }

    @Test
    void putsThinkingBesideTheTextAndDropsWhatHasNoPlace() {
        JsonNode message = ChatResponseWriter.write(
                        answer(
                                StopReason.END_TURN,
                                new ContentBlock.Thinking("", ""),
                                new ContentBlock.RedactedThinking("zz"),
                                new ContentBlock.Other("server_tool_use", Map.of("type", "server_tool_use"))),
                        "asked")
                .path("choices")
                .path(0)
                .path("message");

        assertThat(Json.text(message))
                .isEqualTo("{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"more\"}");
    }

    @Test
    void countsTheWholePrompt() {
        JsonNode usage =
                ChatResponseWriter.write(answer(StopReason.END_TURN), "asked").path("usage");

        assertThat(Json.text(usage))
                .isEqualTo("{\"prompt_tokens\":100,\"completion_tokens\":7,\"total_tokens\":107,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":90},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":3}}");
    }

    @Test
    void streamsChunksOfOneIdAndTheUsageOnlyWhereAskedFor() {
        ChatStreamEncoder encoder = new ChatStreamEncoder("asked", false);
        StringBuilder sent = new StringBuilder();
        for (ChatEvent event : List.of(
                new ChatEvent.Started(Optional.empty(), Optional.empty(), Usage.unknown()),
                new ChatEvent.BlockStarted(0, new ContentBlock.Thinking("", "")),
                new ChatEvent.ThinkingDelta(0, "a \"b\""),
                new ChatEvent.SignatureDelta(0, "sig"),
                new ChatEvent.BlockStopped(0),
                new ChatEvent.BlockStarted(1, new ContentBlock.ToolUse("i", "f", Map.of())),
                new ChatEvent.InputDelta(1, "{}"),
                new ChatEvent.BlockStopped(1),
                new ChatEvent.Finishing(StopReason.TOOL_USE, Optional.empty(), USAGE),
                new ChatEvent.Stopped())) {
            sent.append(encoder.encode(event));
        }

        String text = sent.toString().replaceAll("chatcmpl-\\w+", "ID").replaceAll("\"created\":\\d+", "\"created\":0");
        String head = "data: {\"id\":\"ID\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"asked\","
                + "\"choices\":[{\"index\":0,\"delta\":";
        assertThat(text.split("\n\n"))
                .containsExactly(
                        head + "{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}",
                        head + "{\"reasoning_content\":\"a \\\"b\\\"\"},\"finish_reason\":null}]}",
                        head + "{\"tool_calls\":[{\"index\":0,\"id\":\"i\",\"type\":\"function\",\"function\":"
                                + "{\"name\":\"f\",\"arguments\":\"\"}}]},\"finish_reason\":null}]}",
                        head + "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]},"
                                + "\"finish_reason\":null}]}",
                        head + "{},\"finish_reason\":\"tool_calls\"}]}",
                        "data: [DONE]");
    }

    @Test
    void endsAFailedStreamWithAnErrorOnly() {
        String sent = new ChatStreamEncoder("asked", true).fail(new ProviderException(Kind.OVERLOADED, "busy"));

        assertThat(sent)
                .isEqualTo("data: {\"error\":{\"message\":\"busy\",\"type\":\"server_error\",\"param\":null,"
                        + "\"code\":null}}\n\n");
    }

    private static AnswerCollector answer(StopReason reason, ContentBlock... blocks) {
        AnswerCollector answer = new AnswerCollector();
        answer.accept(new ChatEvent.Started(Optional.empty(), Optional.empty(), Usage.unknown()));
        for (int i = 0; i < blocks.length; i++) {
            answer.accept(new ChatEvent.BlockStarted(i, blocks[i]));
            if (blocks[i] instanceof ContentBlock.Thinking) {
                answer.accept(new ChatEvent.ThinkingDelta(i, "more"));
            }
            answer.accept(new ChatEvent.BlockStopped(i));
        }
        answer.accept(new ChatEvent.Finishing(reason, Optional.empty(), USAGE));
        return answer;
    }
}
