package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the three dialects look like on the wire; the files show it. */
class WireTest {

    private static final String STREAM =
            "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";
    private static final String PLAIN = "{\"model\":\"m\",\"messages\":[]}";

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void stop() {
        fake.close();
    }

    private static Answer everything() {
        return Answer.thinking("Let me ", "see.")
                .thenText("He said \"", "ä\".\n")
                .thenToolCall("call_1", "read", "{\"path\":", "\"/a b\"}")
                .thenToolCall("call_2", "list", "{}")
                .usage(5, 3, 9);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/openai/v1/responses", "/messages"})
    void streamsEverything(String path) throws Exception {
        fake.answer(everything());

        Golden.assertMatches(WireTest.class, name(path) + "-stream.txt", RawClient.stream(fake, path, STREAM));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/chat/completions", "/openai/v1/responses", "/messages", "/messages/count_tokens", "/models"
            })
    void answersEverythingAtOnce(String path) throws Exception {
        fake.answer(everything());

        String answer = RawClient.exchange(fake, path, PLAIN);

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\r\nContent-Type: application/json\r\n");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(JsonReader.read(body)).isNotNull();
        Golden.assertMatches(WireTest.class, name(path) + ".json", body + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat/completions", "/responses", "/messages"})
    void breaksAStreamWithAnErrorOfTheDialect(String path) throws Exception {
        fake.answer(Answer.text("so far").thenError("overloaded_error", "too much"));

        Golden.assertMatches(WireTest.class, name(path) + "-error-stream.txt", RawClient.stream(fake, path, STREAM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat/completions", "/responses", "/messages"})
    void refusesInTheShapeOfTheDialect(String path) throws Exception {
        fake.answer(Answer.error(429, "rate_limit_exceeded", "slow down").header("Retry-After", "7"));

        String answer = RawClient.exchange(fake, path, STREAM);

        assertThat(answer).startsWith("HTTP/1.1 429 ").contains("\r\nRetry-After: 7\r\n");
        assertThat(answer).contains("\"message\":\"slow down\"");
    }

    @Test
    void answersAnErrorInside200() throws Exception {
        fake.answer(Answer.text("x").thenError("server_error", "no"));

        assertThat(RawClient.exchange(fake, "/chat/completions", PLAIN))
                .startsWith("HTTP/1.1 200 ")
                .endsWith(
                        "{\"error\":{\"message\":\"no\",\"type\":\"server_error\",\"param\":null,\"code\":\"server_error\"}}");
    }

    @Test
    void answersNothingOnUnknownPaths() throws Exception {
        assertThat(RawClient.exchange(fake, "/other", PLAIN))
                .startsWith("HTTP/1.1 404 ")
                .contains("no such path: /other");
    }

    @Test
    void echoesTheLastText() throws Exception {
        fake.answer(Answer.echo());

        assertThat(RawClient.exchange(
                        fake,
                        "/messages",
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"user\",\"content\":"
                                + "[{\"type\":\"text\",\"text\":\"two\"},{\"type\":\"image\"}]}]}"))
                .contains("\"text\":\"two\"");
        assertThat(RawClient.exchange(fake, "/responses", "{\"input\":\"three\"}"))
                .contains("\"text\":\"three\"");
    }

    @Test
    void sendsUsageInAChatStreamOnlyToThoseWhoAsk() throws Exception {
        assertThat(RawClient.stream(fake, "/chat/completions", TestClient.STREAM))
                .doesNotContain("usage");
        assertThat(RawClient.stream(fake, "/chat/completions", STREAM)).contains("usage");
    }

    @Test
    void readsWhatItWrites() {
        String json = "{\"a\":[1,2.5,-3e2,true,false,null],\"b\\n\":\"\\u00e4 \\\"\\\\/\",\"c\":{},\"d\":[]}";

        Object value = JsonReader.read(json);

        assertThat(JsonReader.read(JsonWriter.write(value))).isEqualTo(value);
    }

    static Stream<String> notJson() {
        return Stream.of("", "{", "{\"a\":1,}", "[1 2]", "{\"a\":1}x", "\"\n\"", "tru", "{\"a\":1,\"a\":2}", "\"\\x\"");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource
    void notJson(String text) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> JsonReader.read(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
