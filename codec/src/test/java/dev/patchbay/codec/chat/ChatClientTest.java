package dev.patchbay.codec.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.Translate;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
                                ContentBlock.thinking("", ""),
                                ContentBlock.redactedThinking("zz"),
                                ContentBlock.other("server_tool_use", Map.of("type", "server_tool_use"))),
                        "asked")
                .path("choices")
                .path(0)
                .path("message");

        assertThat(Json.text(message))
                .isEqualTo("{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"reasoning_content\":\"more\"}");
    }

    @Test
    void countsTheWholePrompt() {
        JsonNode usage =
                ChatResponseWriter.write(answer(StopReason.END_TURN), "asked").path("usage");

        assertThat(Json.text(usage))
                .isEqualTo("{\"prompt_tokens\":100,\"completion_tokens\":7,\"total_tokens\":107,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":90,\"cache_write_tokens\":5},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":3}}");
    }

    @Test
    void streamsChunksOfOneIdAndTheUsageOnlyWhereAskedFor() {
        ChatStreamEncoder encoder = new ChatStreamEncoder("asked", false);
        StringBuilder sent = new StringBuilder();
        for (ChatEvent event : List.of(
                ChatEvent.started(),
                ChatEvent.blockStarted(0, ContentBlock.thinking("", "")),
                ChatEvent.thinkingDelta(0, "a \"b\""),
                ChatEvent.signatureDelta(0, "sig"),
                ChatEvent.blockStopped(0),
                ChatEvent.blockStarted(1, ContentBlock.toolUse("i", "f", Map.of())),
                ChatEvent.inputDelta(1, "{}"),
                ChatEvent.blockStopped(1),
                ChatEvent.finishing(StopReason.TOOL_USE, USAGE),
                ChatEvent.stopped())) {
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
    void givesEveryCallArgumentsThatAreJson() {
        ChatStreamEncoder encoder = new ChatStreamEncoder("asked", false);
        String sent = stream(
                encoder,
                ChatEvent.blockStarted(0, ContentBlock.toolUse("i", "f", Map.of())),
                ChatEvent.blockStopped(0));

        assertThat(sent).contains("\"arguments\":\"{}\"");
    }

    @Test
    void givesCustomToolsTheirTextBack() {
        CustomTools custom = CustomTools.of(
                Translate.json(
                        "{'tools':[{'type':'custom','custom':{'name':'patch'}},{'type':'custom','name':'own','input_schema':{}}]}"));
        ContentBlock.ToolUse call = ContentBlock.toolUse("i", "patch", Map.of("input", "*** a \"b\""));

        String sent = stream(
                new ChatStreamEncoder("asked", false, custom),
                ChatEvent.blockStarted(0, ContentBlock.toolUse("i", "patch", Map.of())),
                ChatEvent.inputDelta(0, "{\"input\":\"*** "),
                ChatEvent.inputDelta(0, "a \\\"b\\\"\"}"),
                ChatEvent.blockStopped(0));
        JsonNode whole = ChatResponseWriter.write(answer(StopReason.TOOL_USE, call), "asked", custom)
                .at("/choices/0/message/tool_calls/0");

        assertThat(sent)
                .contains(
                        "{\"id\":\"i\",\"type\":\"custom\",\"custom\":{\"name\":\"patch\",\"input\":\"*** a \\\"b\\\"\"},\"index\":0}");
        assertThat(whole)
                .isEqualTo(Translate.json(
                        "{'id':'i','type':'custom','custom':{'name':'patch','input':'*** a \\u0022b\\u0022'}}"));
        assertThat(custom.contains("own")).isFalse();
    }

    @Test
    void namesTheSourcesOfATextWholeAndStreamed() {
        Map<String, @Nullable Object> page = Map.of("url", "https://x.example/a", "title", "A");
        String sent = stream(
                new ChatStreamEncoder("asked", false),
                ChatEvent.blockStarted(0, ContentBlock.text("")),
                ChatEvent.textDelta(0, "So: "),
                ChatEvent.blockStopped(0),
                ChatEvent.blockStarted(1, ContentBlock.text("")),
                ChatEvent.textDelta(1, "yes"),
                ChatEvent.citationDelta(1, page),
                ChatEvent.citationDelta(1, Map.of("document_index", 1)),
                ChatEvent.blockStopped(1));

        assertThat(sent)
                .containsOnlyOnce("annotations")
                .contains(
                        "\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":4,\"end_index\":7,"
                                + "\"title\":\"A\",\"url\":\"https://x.example/a\"}}]");
        JsonNode whole = ChatResponseWriter.write(
                answer(StopReason.END_TURN, ContentBlock.text("yes", Map.of("citations", List.of(page)))), "asked");
        assertThat(whole.at("/choices/0/message/annotations/0/url_citation/url").asText())
                .isEqualTo("https://x.example/a");
        assertThat(whole.at("/choices/0").has("logprobs")).isTrue();
    }

    @Test
    void passesOnTheProofOfACall() {
        Map<String, Object> proof = Map.of("extra_content", Map.of("google", Map.of("thought_signature", "s")));
        ContentBlock.ToolUse call = ContentBlock.toolUse("i", "f", Map.of(), proof);

        assertThat(ChatResponseWriter.write(answer(StopReason.TOOL_USE, call), "asked")
                        .at("/choices/0/message/tool_calls/0/extra_content/google/thought_signature")
                        .asText())
                .isEqualTo("s");
        assertThat(stream(new ChatStreamEncoder("asked", false), ChatEvent.blockStarted(0, call)))
                .contains("\"thought_signature\":\"s\"");
    }

    private static String stream(ChatStreamEncoder encoder, ChatEvent... events) {
        StringBuilder sent = new StringBuilder(encoder.encode(ChatEvent.started()));
        List.of(events).forEach(event -> sent.append(encoder.encode(event)));
        return sent.toString();
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
        answer.accept(ChatEvent.started());
        for (int i = 0; i < blocks.length; i++) {
            answer.accept(ChatEvent.blockStarted(i, blocks[i]));
            if (blocks[i] instanceof ContentBlock.Thinking) {
                answer.accept(ChatEvent.thinkingDelta(i, "more"));
            }
            answer.accept(ChatEvent.blockStopped(i));
        }
        answer.accept(ChatEvent.finishing(reason, USAGE));
        return answer;
    }
}
