package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of a request when it is over: when, what it took, and why it failed. */
final class AccessRecordTest {

    private GatewayFixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "chat,/v1/chat/completions,true",
        "chat,/v1/chat/completions,false",
        "chat,/v1/messages,true",
        "chat,/v1/messages,false",
        "claude,/v1/messages,true",
        "claude,/v1/messages,false",
        "claude,/v1/chat/completions,true",
        "claude,/v1/chat/completions,false"
    })
    void tokensAreCountedWhetherAnAnswerIsPassedOnOrTranslated(String upstream, String path, boolean stream) {
        fixture = upstream.equals("chat") ? GatewayFixture.chat() : GatewayFixture.claude();
        fixture.fake.answer(
                Answer.text("Hello ", "\"usage\": {\"prompt_tokens\": 99}").usage(7, 2));
        Instant before = Instant.now();

        String body = path.endsWith("messages") ? GatewayFixture.messages(stream) : GatewayFixture.chat(stream);
        assertThat(fixture.post(path, body).statusCode()).isEqualTo(200);

        AccessRecord record = fixture.record();
        assertThat(record.at()).isBetween(before, Instant.now());
        boolean uncounted = upstream.equals("chat") && path.endsWith("completions") && stream;
        if (!uncounted) {
            assertThat(record.usage().inputTokens()).hasValue(7);
            assertThat(record.usage().outputTokens()).hasValue(2);
            assertThat(record.toString()).contains(" tokens 7+2");
        }
        assertThat(record.firstToken().isPresent()).isEqualTo(stream);
        record.firstToken().ifPresent(first -> assertThat(first).isBetween(Duration.ZERO, record.took()));
        assertThat(record.failure()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sk-CANARY0123456789abcdef,/v1/models/sk-CANARY0123456789abcdef",
        "%73k-CANARY0123456789abcdef,/nowhere/%73k-CANARY0123456789abcdef"
    })
    void aKeyThatWasTypedIntoAPathOrForAModelIsInNoRecordAndNoError(String key, String path) {
        fixture = GatewayFixture.chat();
        fixture.get(path);
        assertThat(fixture.record().toString()).contains("GET ").doesNotContain("CANARY");
        for (String model : new String[] {key, key + "/x"}) {
            fixture.fake.answer(Answer.error(404, "not_found", "there is no such model"));
            String body = fixture.post(
                            "/v1/chat/completions",
                            "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
                    .body();
            assertThat(body).doesNotContain("CANARY");
            AccessRecord record = fixture.record();
            assertThat(record.toString() + record.toJson()).doesNotContain("CANARY");
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions", "/v1/messages"})
    void reasonOfAFailureIsTold(String path) {
        fixture = GatewayFixture.chat();
        fixture.fake.answer(Answer.error(401, "invalid_api_key", "No such key: " + GatewayFixture.KEY));
        String body = path.endsWith("messages") ? GatewayFixture.messages(false) : GatewayFixture.chat(false);
        assertThat(fixture.post(path, body).statusCode()).isEqualTo(401);

        AccessRecord record = fixture.record();
        assertThat(record.failure()).contains(ProviderException.Kind.AUTH);
        assertThat(record.toString())
                .startsWith(record.at().toString().substring(0, 16))
                .contains(" POST " + path + " 401 ")
                .endsWith(" auth");
        assertThat(record.said()).contains("No such key: ***");
    }

    /** What the provider's words repeat, and which of its answers they come in. */
    private static List<Answer> answersThatRepeatThePrompt() {
        String error = "{\"error\":{\"message\":\"not this: canary-of-a-prompt\"}}";
        return List.of(
                Answer.error(400, "invalid_request_error", "not this: canary-of-a-prompt"),
                Answer.json(500, "canary-of-a-prompt"),
                Answer.json(200, error),
                Answer.json(200, "not this: canary-of-a-prompt"),
                Answer.sse("data: " + error, ""),
                Answer.sse(
                        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}", "", "data: " + error, ""),
                Answer.status(302).header("location", "https://elsewhere.example/?q=canary-of-a-prompt"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions,true",
        "/v1/chat/completions,false",
        "/v1/messages,true",
        "/v1/messages,false",
        "/v1/responses,true",
        "/v1/responses,false"
    })
    void aPromptThatAProviderRepeatsIsNotLogged(String path, boolean stream) {
        fixture = GatewayFixture.chat();
        for (Answer answer : answersThatRepeatThePrompt()) {
            fixture.fake.answer(answer);
            String question = path.endsWith("messages") ? GatewayFixture.messages(stream) : GatewayFixture.chat(stream);
            fixture.receive(
                    path,
                    path.endsWith("responses")
                            ? "{\"input\":\"canary-of-a-prompt\",\"stream\":" + stream + "}"
                            : question.replace("Hi", "canary-of-a-prompt"));

            AccessRecord record = fixture.record();
            assertThat(record + " " + record.toJson()).doesNotContain("canary-of-a-prompt");
        }
    }

    @Test
    void reasonOfABrokenStreamIsTold() {
        fixture = GatewayFixture.chat();
        fixture.fake.answer(Answer.text("one ", "two ", "three").cutBefore("three"));
        fixture.postBroken("/v1/messages", GatewayFixture.messages(true));
        AccessRecord record = fixture.record();
        assertThat(record.brokeOff()).isTrue();
        assertThat(record.said()).isPresent();
        assertThat(record.toString())
                .contains("(broke off)", record.failure().orElseThrow().name().toLowerCase(Locale.ROOT));
    }
}
