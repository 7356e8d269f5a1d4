package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.BodySecret;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Fallback;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.HttpAnswer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that repeat the key that they refuse. */
@Tag("once")
@Timeout(60)
class RepeatedKeyTest {

    private static final String KEY = "canary/of+repetition";

    private final GatewayFixture fixture = new GatewayFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start(String key) {
        Auth auth = Auth.bearer(Secrets.given(Secret.of(key), Location.of("test")));
        fixture.start(
                List.of(
                        fixture.chatProvider().auth(auth).defaultModel("m").build(),
                        fixture.claudeProvider().auth(auth).defaultModel("m").build()),
                gateway -> gateway);
    }

    private static HttpAnswer saying(String text) {
        return Answer.json(
                401,
                "{\"type\":\"error\",  \"error\":{\"type\":\"authentication_error\",\"message\":\"no: " + text
                        + "\",\"code\":\"c\"}}");
    }

    private HttpResponse<String> ask(String path, String provider) {
        if (path.endsWith("responses")) {
            return fixture.post(path, "{\"model\":\"" + provider + "/m\",\"input\":\"Hi\"}");
        }
        String body = path.contains("messages") ? GatewayFixture.messages(false) : GatewayFixture.chat(false);
        return fixture.post(path, body.replace("gpt-x", provider + "/m").replace("claude-x", provider + "/m"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions chat",
                "/v1/messages claude",
                "/v1/messages/count_tokens claude",
                "/v1/messages chat",
                "/v1/chat/completions claude",
                "/v1/responses chat"
            })
    void masksTheKey(String way) {
        start(GatewayFixture.KEY);
        fixture.fake.answer(saying(GatewayFixture.KEY));

        HttpResponse<String> answer = ask(way.split(" ")[0], way.split(" ")[1]);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("no: ***").doesNotContain(GatewayFixture.KEY);
    }

    @Test
    void leavesTheRestOfARelayedErrorAsItIs() {
        start(GatewayFixture.KEY);
        fixture.fake.answer(saying(GatewayFixture.KEY));

        assertThat(ask("/v1/messages", "claude").body())
                .isEqualTo("{\"type\":\"error\",  \"error\":{\"type\":\"authentication_error\",\"message\":\"no: ***\","
                        + "\"code\":\"c\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages claude", "/v1/messages chat"})
    void masksItInEveryForm(String way) {
        start(KEY);
        String encoded = URLEncoder.encode(KEY, StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));
        String escaped = KEY.replace("/", "\\/");
        String numbered = KEY.replace("+", "\\u002b");
        String inCapitals = KEY.toUpperCase(Locale.ROOT);
        for (String form : List.of(KEY, encoded, base64, escaped, numbered, inCapitals)) {
            fixture.fake.answer(saying("Bearer " + form));

            String body = ask(way.split(" ")[0], way.split(" ")[1]).body();

            assertThat(body)
                    .as(form)
                    .contains("no: Bearer ***")
                    .doesNotContainIgnoringCase("canary")
                    .doesNotContain(base64.substring(0, 12));
        }
    }

    @Test
    void masksItInHeaders() {
        start(GatewayFixture.KEY);
        fixture.fake.answer(saying("no").header("openai-debug", "Bearer " + GatewayFixture.KEY));

        assertThat(ask("/v1/messages", "claude").headers().firstValue("openai-debug"))
                .contains("Bearer ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void masksTheNewKeyAndTheOld(String path, @TempDir Path folder) {
        Auth auth = Auth.bearer(Secrets.command(
                List.of(
                        "sh",
                        "-c",
                        "echo run >> \"$0\"; printf canary-number-; wc -l < \"$0\" | tr -d ' '",
                        folder.resolve("runs").toString()),
                Duration.ofHours(1),
                Duration.ofSeconds(20),
                Location.of("test")));
        fixture.start(fixture.chatProvider().auth(auth).build(), gateway -> gateway.provider("chat"));
        fixture.fake.answer(saying("canary-number-1, canary-number-2"));

        assertThat(ask(path, "chat").body()).contains("no: ***, ***").doesNotContain("canary-");
        assertThat(fixture.fake.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void masksItInAnAnswerThatIsAnError(boolean begun) {
        start(GatewayFixture.KEY);
        String error = "data: {\"error\":{\"message\":\"no: " + GatewayFixture.KEY + "\",\"type\":\"t\"}}";
        String text = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}";
        fixture.fake.answer(begun ? Answer.sse(text, "", error, "") : Answer.sse(error, ""));

        RawAnswer answer =
                fixture.receive("/v1/messages", GatewayFixture.messages(true).replace("claude-x", "chat/m"));

        assertThat(answer.whole()).isEqualTo(!begun);
        assertThat(answer.body()).contains("no: ***").doesNotContain(GatewayFixture.KEY);
    }

    /** With a fallback in wait, nothing of the stream is passed before it is known to begin well. */
    @Test
    void masksItInARelayedStreamThatIsAnError() {
        fixture.start(
                List.of(
                        fixture.chatProvider()
                                .fallback(List.of(new Fallback("claude", Set.of(Kind.NETWORK))))
                                .build(),
                        fixture.claudeProvider().defaultModel("m").build()),
                gateway -> gateway.provider("chat"));
        fixture.fake.answer(
                Answer.sse("data: {\"error\":{\"message\":\"no: " + GatewayFixture.KEY + "\",\"type\":\"t\"}}", ""));

        String body =
                fixture.post("/v1/chat/completions", GatewayFixture.chat(true)).body();

        assertThat(body).contains("no: ***").doesNotContain(GatewayFixture.KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions data: {\"error\":{\"message\":\"no: KEY\"}}",
                "/v1/messages event: error|data: {\"type\": \"error\", \"error\": {\"message\": \"no: KEY\"}}",
                "/v1/responses event: response.failed|data: {\"type\":\"response.failed\",\"response\":{\"error\":{\"message\":\"no: KEY\"}}}"
            })
    void masksItInAnErrorInsideARelayedStream(String way) {
        Auth auth = Auth.bearer(Secrets.given(Secret.of(KEY), Location.of("test")));
        fixture.start(
                fixture.chatProvider()
                        .auth(auth)
                        .defaultModel("m")
                        .endpoints(Map.of(
                                Operation.MESSAGES, new Endpoint.Path("/messages"),
                                Operation.RESPONSES, new Endpoint.Path("/responses")))
                        .build(),
                gateway -> gateway.provider("chat"));
        String path = way.substring(0, way.indexOf(' '));
        String[] error = way.substring(path.length() + 1).split("\\|");
        String begun = "data: {\"text\":\"" + KEY + " is no \\\"error\\\"\"}\n\n";
        String told = String.join("\n", error) + "\n";
        fixture.fake.answer(Answer.sse((begun + told.replace("KEY", KEY)).split("\n", -1)));

        String body = fixture.postBroken(path, "{\"model\":\"m\",\"stream\":true,\"input\":\"\",\"messages\":[]}");

        assertThat(body).endsWith(told.replace("KEY", "***") + "\n").startsWith("data: ");
    }

    /** Errors of FastAPI, vLLM, Cloudflare, AWS, Apigee, OAuth and others; none says {@code error} where OpenAI does. */
    private static final List<String> ERRORS = List.of(
            "{\"detail\":\"no: KEY\"}",
            "{\"detail\":[{\"loc\":[\"header\"],\"msg\":\"no: KEY\",\"input\":\"KEY\"}]}",
            "{\"message\":\"no: KEY\",\"code\":401}",
            "{\"object\":\"error\",\"message\":\"no: KEY\"}",
            "{\"success\":false,\"errors\":[{\"message\":\"no: KEY\"}],\"messages\":[\"KEY\"]}",
            "{\"error\":\"no: KEY\"}",
            "{\"error\":\"invalid_token\",\"error_description\":\"no: KEY\"}",
            "{\"error_code\":110,\"error_msg\":\"no: KEY\"}",
            "{\"Message\":\"no: KEY\"}",
            "{\"fault\":{\"faultstring\":\"no: KEY\"}}",
            "{\"title\":\"no: KEY\",\"status\":401}",
            "{\"code\":500,\"msg\":\"x\",\"data\":{\"reason\":\"no: KEY\"}}",
            "[{\"error\":{\"message\":\"no: KEY\"}}]",
            "\"no: KEY\"",
            "no: KEY, says the server");

    private static List<String> errors() {
        return ERRORS;
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("errors")
    void masksItInErrorsOfAllShapesInsideARelayedStream(String error) {
        start(KEY);
        String said = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + KEY + "\"}}]}\n\n";
        String escaped = error.startsWith("no") ? KEY : KEY.replace("+", "\\u002b");
        for (String key : List.of(KEY, escaped, KEY.toUpperCase(Locale.ROOT))) {
            for (String begin : List.of("data: ", ": KEY\nid:KEY\ndata:", "event: error\ndata: ")) {
                String told = begin + error + "\n\n";
                fixture.fake.answer(Answer.sse((said + told.replace("KEY", key) + said).split("\n", -1)));

                String body = fixture.receive(
                                "/v1/chat/completions",
                                GatewayFixture.chat(true).replace("gpt-x", "chat/m"))
                        .body();

                assertThat(body).as(told).containsSubsequence(said, "no: ***", "\n\n" + said);
                assertThat(body.replace(said, "")).as(told).doesNotContainIgnoringCase(KEY);
            }
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("errors")
    void masksItInAnswersThatAreErrorsOfAllShapes(String error) {
        start(KEY);
        for (String type : List.of("application/json", "text/plain")) {
            for (int status : new int[] {200, 401, 500}) {
                String body = error.replace("KEY", KEY);
                fixture.fake.answer(Answer.raw(("HTTP/1.1 " + status + " X\r\nContent-Type: " + type
                                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8)));

                assertThat(ask("/v1/chat/completions", "chat").body())
                        .as(status + " " + type)
                        .doesNotContain(KEY)
                        .isNotEmpty();
            }
        }
    }

    /** As a file's {@code body: {set: {api_key: $KEY}}}. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void masksAKeyOfTheBody(String path) {
        BodySecret key = new BodySecret() {
            @Override
            public SecretValue secret() {
                return Secrets.given(Secret.of("canary-of-the-body"), Location.of("test"));
            }

            @Override
            public Object typed(String text) {
                return text;
            }
        };
        fixture.start(
                fixture.chatProvider()
                        .defaultModel("m")
                        .body(new BodyRules(Map.of(), Map.of(), Map.of("api_key", key), List.of()))
                        .build(),
                gateway -> gateway.provider("chat"));
        fixture.fake.answer(saying("canary-of-the-body"));

        assertThat(ask(path, "chat").body()).contains("no: ***").doesNotContain("canary");
        assertThat(fixture.fake.onlyRequest().text()).contains("canary-of-the-body");
    }

    /** Shorter than what could be masked wherever it stands. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions chat", "/v1/messages claude", "/v1/messages chat"})
    void masksAShortKeyWhereItIsTheWholeValue(String way) {
        start("ab12");
        fixture.fake.answer(Answer.json(
                401, "{\"type\":\"error\",\"error\":{\"type\":\"a\",\"message\":\"ab12\",\"code\":\"cab12s\"}}"));

        assertThat(ask(way.split(" ")[0], way.split(" ")[1]).body())
                .contains("\"message\":\"***\"")
                .doesNotContain("\"ab12\"");
    }

    @Test
    void passesAnAnswerThatIsNoErrorAsItIs() {
        start(GatewayFixture.KEY);
        fixture.fake.answer(Answer.json(200, "{\"text\":\"" + GatewayFixture.KEY + "\"}"));

        assertThat(ask("/v1/messages", "claude").body()).isEqualTo("{\"text\":\"" + GatewayFixture.KEY + "\"}");
    }
}
