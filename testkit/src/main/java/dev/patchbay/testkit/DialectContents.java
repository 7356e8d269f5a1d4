package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.spi.Capability;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Thinking;
import dev.patchbay.spi.Tool;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The part of {@link DialectContract} that is about what a dialect claims to carry, there and back. */
public abstract class DialectContents extends DialectFailures {

    private static final Map<String, @Nullable Object> SCHEMA =
            Map.of("type", "object", "properties", Map.of("contract_member", Map.of("type", "string")));
    private static final Tool TOOL = Tool.of("contract_tool", "contract-tool-description", SCHEMA);

    /**
     * How a provider that speaks this dialect ends an answer with a reason, {@link StopReason#END_TURN} or {@link
     * StopReason#MAX_TOKENS}, and counts.
     *
     * @return empty, which is the default, if it says neither; then nothing is tested of them
     */
    protected Optional<DeliveredAnswer<?>> ending(StopReason reason, long inputTokens, long outputTokens) {
        return Optional.empty();
    }

    /**
     * How it calls two tools in one answer, {@code first} with {@code {"n": 1}} and {@code second} with {@code {"n": 2}}; needed
     * where the dialect claims {@link Capability#TOOLS}. Default: empty.
     */
    protected Optional<DeliveredAnswer<?>> callingTwoTools() {
        return Optional.empty();
    }

    /**
     * How it thinks {@code let me see} and then says {@code done}; needed where the dialect claims {@link Capability#THINKING}.
     * Default: empty.
     */
    protected Optional<DeliveredAnswer<?>> thinking() {
        return Optional.empty();
    }

    /**
     * How the model of such a provider refuses to answer, in an answer like any other.
     *
     * @return empty, which is the default, if it has no form for that; then nothing is tested of it
     */
    protected Optional<DeliveredAnswer<?>> refusal() {
        return Optional.empty();
    }

    @Test
    void sendsTheSystemPromptAndEarlierTurns() {
        assumeNetwork();
        ChatRequest request = ChatRequest.builder("contract-model-1.5")
                .system("contract-system-prompt")
                .message(ChatMessage.user("contract-first-question"))
                .message(ChatMessage.assistant("contract-first-answer"))
                .message(ChatMessage.user("contract question"))
                .build();

        assertSent(request, "contract-system-prompt", "contract-first-question", "contract-first-answer");
    }

    @Test
    void sendsToolsCallsAndResults() {
        assumeClaims(Capability.TOOLS);
        ChatRequest request = ChatRequest.builder("contract-model-1.5")
                .tool(TOOL)
                .message(ChatMessage.user("contract question"))
                .message(new ChatMessage(
                        ChatMessage.Role.ASSISTANT,
                        List.of(
                                ContentBlock.toolUse(
                                        "call-1", "contract_tool", Map.of("contract_member", "contract-input")),
                                ContentBlock.toolUse("call-2", "contract_tool", Map.of()))))
                .message(new ChatMessage(
                        ChatMessage.Role.USER,
                        List.of(
                                ContentBlock.toolResult("call-1", List.of(ContentBlock.text("contract-result"))),
                                ContentBlock.toolError("call-2", "contract-failure"))))
                .build();

        assertSent(
                request,
                "contract_tool",
                "contract-tool-description",
                "contract_member",
                "contract-input",
                "contract-result",
                "contract-failure");
    }

    @Test
    void sendsImages() {
        assumeClaims(Capability.IMAGES);
        String data = Base64.getEncoder().encodeToString("contract-image1".getBytes(StandardCharsets.UTF_8));
        ContentBlock image = ContentBlock.image(MediaSource.base64("image/png", data));

        assertSent(
                ChatRequest.builder("contract-model-1.5")
                        .message(new ChatMessage(
                                ChatMessage.Role.USER, List.of(ContentBlock.text("contract question"), image)))
                        .build(),
                data);
    }

    @Test
    void sendsTheSchemaOfTheAnswer() {
        assumeClaims(Capability.STRUCTURED_OUTPUT);

        assertSent(request().toBuilder().outputSchema(SCHEMA).build(), "contract_member");
    }

    @Test
    void sendsThatThinkingIsWanted() {
        assumeClaims(Capability.THINKING);
        answered(answering("fine"), request());
        String without = lastSent();
        answered(
                answering("fine"),
                request().toBuilder().thinking(Thinking.enabled(2048)).build());

        assertThat(lastSent())
                .as("a request that wants thinking, beside one that does not")
                .isNotEqualTo(without);
    }

    @Test
    void sendsBackWhatWasThought() {
        assumeClaims(Capability.THINKING);
        ChatMessage thought = new ChatMessage(
                ChatMessage.Role.ASSISTANT,
                List.of(
                        ContentBlock.thinking("contract-thought", "contract-proof"),
                        ContentBlock.text("contract-answer")));
        answered(
                answering("fine"),
                request().toBuilder()
                        .thinking(Thinking.enabled(2048))
                        .message(thought)
                        .message(ChatMessage.user("contract question"))
                        .build());

        assertThat(fake().requests())
                .as("the thinking of an earlier turn, or what proves it")
                .anyMatch(sent -> carries(sent, "contract-thought") || carries(sent, "contract-proof"));
    }

    @Test
    void readsThinking() {
        assumeClaims(Capability.THINKING);
        DeliveredAnswer<?> answer = thinking()
                .orElseThrow(() -> new AssertionError("the dialect claims thinking, and thinking() has no answer"));
        Transcript transcript = answered(answer, request());

        assertThat(transcript.thinking()).isEqualTo("let me see");
        assertThat(transcript.text()).isEqualTo("done");
    }

    @Test
    void readsARefusal() {
        assumeNetwork();
        Optional<DeliveredAnswer<?>> answer = refusal();
        assumeTrue(answer.isPresent(), "refusal() has no answer");

        assertThat(answered(answer.get(), request()).stopReason()).isEqualTo(StopReason.REFUSAL);
    }

    @Test
    void readsTheEndOfAnAnswerAndItsUsage() {
        assumeNetwork();
        for (StopReason reason : List.of(StopReason.END_TURN, StopReason.MAX_TOKENS)) {
            Optional<DeliveredAnswer<?>> answer = ending(reason, 11, 7);
            assumeTrue(answer.isPresent(), "ending() says nothing of the end of an answer");
            Transcript transcript = answered(answer.get(), request());

            assertThat(transcript.stopReason()).isEqualTo(reason);
            assertThat(transcript.usage().inputTokens())
                    .as("tokens of the input")
                    .hasValue(11);
            assertThat(transcript.usage().outputTokens())
                    .as("tokens of the output")
                    .hasValue(7);
        }
    }

    @Test
    void readsSeveralCallsOfOneAnswer() {
        assumeClaims(Capability.TOOLS);
        DeliveredAnswer<?> answer = callingTwoTools()
                .orElseThrow(() -> new AssertionError("the dialect claims tools, and callingTwoTools() has no answer"));

        Transcript transcript =
                answered(answer, request().toBuilder().tool(TOOL).build());

        assertThat(transcript.toolCalls()).extracting(Transcript.ToolCall::name).containsExactly("first", "second");
        assertThat(transcript.toolCalls())
                .extracting(call -> call.input().replaceAll("\\s", ""))
                .containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(transcript.stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    private void assumeClaims(Capability capability) {
        assumeNetwork();
        assumeTrue(dialect().capabilities().contains(capability), "the dialect does not claim " + capability);
    }

    /** The target and the body of the last request. */
    private String lastSent() {
        List<RecordedRequest> requests = fake().requests();
        RecordedRequest last = requests.get(requests.size() - 1);
        return last.target() + "\n" + last.text();
    }

    private void assertSent(ChatRequest request, String... words) {
        answered(answering("fine"), request);
        for (String word : words) {
            assertThat(fake().requests()).as(word).anyMatch(sent -> carries(sent, word));
        }
    }

    private Transcript answered(DeliveredAnswer<?> answer, ChatRequest request) {
        fake().answer(answer);
        try (ChatClient client = connect()) {
            return Transcript.of(client.stream(request));
        }
    }
}
