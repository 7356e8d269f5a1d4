package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.patchbay.testkit.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDKs for Java, unmodified, in front of an upstream that speaks chat and of one that speaks Messages. */
class JavaSdksTest {

    private final GatewayFixture fixture = new GatewayFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start(String upstream) {
        fixture.start(
                (upstream.equals("chat") ? fixture.chatProvider() : fixture.claudeProvider())
                        .http(GatewayFixture.limits(Duration.ofSeconds(30)))
                        .build(),
                builder -> builder.provider(upstream));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "claude"})
    void theSdkOfAnthropic(String upstream) {
        start(upstream);
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(fixture.gateway().url().toString())
                .apiKey("any")
                .maxRetries(0)
                .build();
        MessageCreateParams params = MessageCreateParams.builder()
                .model("m")
                .maxTokens(64)
                .addUserMessage("hello")
                .build();

        fixture.fake.answer(Answer.thinking("hm").thenText("Hello", " there"));
        Message whole = client.messages().create(params);
        MessageAccumulator streamed = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
            stream.stream().forEach(streamed::accumulate);
        }
        fixture.fake.answer(Answer.toolCall("toolu_1", "weather", "{\"city\":", "\"Rome\"}"));
        MessageAccumulator called = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
            stream.stream().forEach(called::accumulate);
        }

        assertThat(text(whole)).isEqualTo("Hello there");
        assertThat(text(streamed.message())).isEqualTo("Hello there");
        assertThat(called.message().content().get(0).asToolUse().name()).isEqualTo("weather");
        assertThat(client.messages()
                        .countTokens(MessageCountTokensParams.builder()
                                .model("m")
                                .addUserMessage("hello")
                                .build())
                        .inputTokens())
                .isPositive();
        fixture.fake.answer(Answer.error(429, "rate_limit_exceeded", "slow down"));
        assertThatThrownBy(() -> client.messages().create(params)).isInstanceOf(RateLimitException.class);
    }

    private static String text(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .reduce("", String::concat);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "claude"})
    void theSdkOfOpenAi(String upstream) {
        start(upstream);
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(fixture.gateway().url() + "/v1")
                .apiKey("any")
                .maxRetries(0)
                .build();
        ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
                .model("m")
                .addUserMessage("hello")
                .build();

        fixture.fake.answer(Answer.text("Hello", " there"));
        ChatCompletion whole = client.chat().completions().create(params);
        ChatCompletion streamed = streamed(client, params);
        fixture.fake.answer(Answer.toolCall("call_1", "weather", "{\"city\":", "\"Rome\"}"));
        ChatCompletion called = streamed(client, params);

        assertThat(whole.choices().get(0).message().content()).contains("Hello there");
        assertThat(streamed.choices().get(0).message().content()).contains("Hello there");
        assertThat(called.choices().get(0).message().toolCalls().orElseThrow()).hasSize(1);
        fixture.fake.answer(Answer.error(429, "rate_limit_exceeded", "slow down"));
        assertThatThrownBy(() -> client.chat().completions().create(params))
                .isInstanceOf(com.openai.errors.RateLimitException.class);
    }

    private static ChatCompletion streamed(OpenAIClient client, ChatCompletionCreateParams params) {
        ChatCompletionAccumulator answer = ChatCompletionAccumulator.create();
        try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(answer::accumulate);
        }
        return answer.chatCompletion();
    }
}
