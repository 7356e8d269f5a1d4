package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.chat.ChatErrors;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesErrors;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E1 to E6. */
class ErrorReaderTest {

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, INVALID_REQUEST",
        "422, invalid_request_error, INVALID_REQUEST",
        "418, invalid_request_error, INVALID_REQUEST",
        "401, authentication_error, AUTH",
        "403, permission_error, AUTH",
        "404, not_found_error, NOT_FOUND",
        "408, timeout_error, TIMEOUT",
        "409, conflict_error, INVALID_REQUEST",
        "413, request_too_large, INVALID_REQUEST",
        "429, rate_limit_error, RATE_LIMIT",
        "498, overloaded_error, OVERLOADED",
        "500, api_error, SERVER",
        "502, api_error, SERVER",
        "503, overloaded_error, OVERLOADED",
        "504, timeout_error, TIMEOUT",
        "524, timeout_error, TIMEOUT",
        "529, overloaded_error, OVERLOADED"
    })
    void takesTypeAndKindFromTheStatus(int status, String type, Kind kind) {
        UpstreamError error = read(status, "{'error':{'message':'m','type':'x','code':'1113'}}");

        assertThat(error.status()).isEqualTo(status);
        assertThat(error.anthropicType()).isEqualTo(type);
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.message()).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'error':{'code':400,'message':'Unknown name'}}] | Unknown name",
                "{'error':'just text'} | just text",
                "{'code':'invalid-argument','error':'text of xAI'} | text of xAI",
                "{'object':'error','message':'flat','type':'BadRequestError','code':400} | flat",
                "{'detail':'Not Found'} | Not Found",
                "{'detail':[{'loc':['body','top_k'],'msg':'Extra inputs are not permitted'},{'loc':['body','n'],'msg':'bad'}]}"
                        + " | body.top_k: Extra inputs are not permitted; body.n: bad",
                "{'object':'error','message':[{'loc':['body','x'],'msg':'no'}]} | body.x: no",
                "{'object':'error','message':{'detail':[{'loc':['body','x'],'msg':'no'}]}} | body.x: no",
                "{'error':{'message':'Provider returned error','metadata':{'raw':'tools.0: long'}}}"
                        + " | Provider returned error: tools.0: long",
                "{'error':{'message':'e','metadata':{'raw':{'a':1}}}} | e: {\"a\":1}",
                "{'type':'error','error':{'type':'invalid_request_error','message':'of Anthropic'}} | of Anthropic",
                "{'error':{'code':'tool_use_failed'}} | upstream returned HTTP 400: tool_use_failed",
                "{'surprise':1} | {\"surprise\":1}",
                "plain words | plain words"
            })
    void readsTheMessageOfEveryShape(String body, String message) {
        assertThat(read(400, body).message()).isEqualTo(message);
    }

    /** AWS; Tencent, Volcengine; Apigee; RFC 9457; Zhipu, Baidu; JSON:API, GraphQL, zod; ASP.NET; gateways that wrap what they got. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'Message':'User is not authorized'} | User is not authorized",
                "{'__type':'ValidationException','Message':'too small'} | too small",
                "{'Code':'InvalidParameter','Message':'of Azure'} | of Azure",
                "{'Error':{'Code':'AuthFailure','Message':'capital'}} | capital",
                "{'Response':{'Error':{'Code':'AuthFailure','Message':'of Tencent'},'RequestId':'r'}} | of Tencent",
                "{'ResponseMetadata':{'RequestId':'r','Error':{'Code':'x','Message':'of Volcengine'}}} | of Volcengine",
                "{'type':'response.failed','response':{'id':'r','error':{'code':'c','message':'of Responses'}}} | of Responses",
                "{'error':{'error':{'message':'inside','type':'t'}}} | inside",
                "{'error':{'error':'inside'}} | inside",
                "{'error':{'errors':[{'message':'one'},{'message':'two'}]}} | one; two",
                "{'error':{'detail':'of an object'}} | of an object",
                "{'error':{'reason':'unknown','status':7}} | unknown",
                "{'error':{'cause':{'x':1}}} | {\"cause\":{\"x\":1}}",
                "{'error':{'message':'{\\'error\\':{\\'message\\':\\'wrapped\\'}}','code':400}} | wrapped",
                "{'error':{'message':'Provider returned error','metadata':{'raw':'{\\'error\\':{\\'message\\':\\'deep\\'}}'}}}"
                        + " | Provider returned error: deep",
                "{'error':{'code':'error','message':'Stream error occurred','cause':{'name':'ZodError','message':'[]'},"
                        + "'value':{'error_type':'t','error_message':'{\\'error\\':{\\'message\\':\\'of the provider\\'}}'}}}"
                        + " | Stream error occurred: of the provider",
                "{'fault':{'faultstring':'Invalid API Key','detail':{'errorcode':'oauth.v2.InvalidApiKey'}}} | Invalid API Key",
                "{'type':'https://example.com/p','title':'Bad Request','status':400,'detail':'no such field'} | no such field",
                "{'type':'about:blank','title':'Bad Request','status':400} | Bad Request",
                "{'title':'Validation failed','status':400,'errors':{'model':['is required','is short'],'n':'bad'}}"
                        + " | model: is required; is short; n: bad",
                "{'code':1302,'msg':'slow down'} | slow down",
                "{'error_code':17,'error_msg':'of Baidu'} | of Baidu",
                "{'errorCode':17,'errorMessage':'camel'} | camel",
                "{'errors':['a','b']} | a; b",
                "{'errors':[{'title':'t','detail':'of JSON:API','status':'400'}]} | of JSON:API",
                "{'errors':[{'message':'of GraphQL','path':['chat','model']}]} | chat.model: of GraphQL",
                "{'errors':[{'code':'required'}]} | {\"code\":\"required\"}",
                "{'success':false,'errors':[{'code':7003,'message':'of Cloudflare'}],'messages':[],'result':null} | of Cloudflare",
                "{'error':'invalid_client','error_description':'unknown client'} | invalid_client: unknown client",
                "{'error':'Bad Request','details':'n is too large'} | Bad Request: n is too large",
                "{'error':true,'reason':'of a server'} | of a server",
                "{'error_description':'alone'} | alone",
                "{'data':{'error':'in data'}} | in data",
                "{'timestamp':1,'status':404,'error':'Not Found','path':'/v1'} | Not Found (/v1)"
            })
    void readsTheShapesOfOtherServers(String body, String message) {
        assertThat(read(400, body).message()).isEqualTo(message);
    }

    /** Servers that stream, and proxies before them, tell what went wrong before the first event in an event all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: {'type':'error','error':{'type':'overloaded_error','message':'m'}}\n\n",
                "data: {'error':{'message':'m','code':429}}\n\ndata: [DONE]\n\n",
                "data: {'error':{'message':'m','code':429}}",
                ": waiting\n\nid: 1\nretry: 10\ndata: {'error':'m'}\r\n\r\n",
                "event: response.created\ndata: {'type':'response.created','response':{'error':null}}\n\n"
                        + "event: response.failed\ndata: {'type':'response.failed','response':{'error':{'message':'m'}}}\n\n",
                "event: error\ndata: {'type':'error','code':'c','message':'m','param':null}\n\n",
                "event: error\ndata: m\n\n",
                "data: m\n\ndata: [DONE]\n\n",
                "event: ping\ndata: {'type':'ping'}\n\ndata: {'choices':[]}\n\nevent: error\ndata: {'message':'m'}\n\n",
                "data: [{'error':{'message':'m'}}]\n\n",
                "{'error':{'message':'m'}}\n",
                "{'status':'pulling'}\n{'error':'m'}\n",
                "{'error':{'message':'m'}}\ndata: [DONE]\n\n",
                "[{'error':{'message':'m'}}\n]",
                "[{'candidates':[]},{'error':{'message':'m'}}]",
                "\uFEFF{'error':{'message':'m'}}",
                "\uFEFFdata: {'error':{'message':'m'}}\n\n",
                "{'error':{'message':'m','score':NaN}}",
                "'{\\'error\\':{\\'message\\':\\'m\\'}}'"
            })
    void readsTheErrorOutOfEventsLinesAndQuotes(String body) {
        UpstreamError error = read(503, body);

        assertThat(error.message()).isEqualTo("m");
        assertThat(error.status()).isEqualTo(503);
    }

    @Test
    void readsACodeOutOfAnEvent() {
        UpstreamError error =
                read(429, "event: error\ndata: {'error':{'code':'insufficient_quota','message':'m'}}\n\n");

        assertThat(error.status()).isEqualTo(402);
        assertThat(error.kind()).isEqualTo(Kind.QUOTA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data: [DONE]\n\n", ": waiting\n\n", "event: error\n\n", "data:\n\n", "event: ping\ndata: {}\n\n"
            })
    void saysThatEventsToldNothing(String body) {
        assertThat(read(502, body).message()).isEqualTo("upstream returned HTTP 502 without a readable error body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access &lt;Denied&gt;</Message></Error> | Access <Denied>",
                "<ErrorResponse><Error><Type>Sender</Type><Message> two   words </Message></Error></ErrorResponse> | two words",
                "<a:Fault xmlns:a='u'><faultcode>c</faultcode><a:faultstring><![CDATA[of & SOAP]]></a:faultstring></a:Fault> | of & SOAP",
                "<error><detail>d</detail></error> | d"
            })
    void readsTheMessageOfXml(String body, String message) {
        assertThat(read(403, body).message()).isEqualTo(message);
    }

    /** nginx; Cloudflare; Express. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html>~<head><title>502 Bad Gateway</title></head>~<body><hr><center>nginx</center></body></html> | 502 Bad Gateway",
                "<!DOCTYPE html>~<head>~<title>~a.example &ndash; 522: Connection&nbsp;timed out~</title> | a.example – 522: Connection timed out",
                "<!DOCTYPE html><title>Error</title></head><body><pre>Cannot POST /v1/messages<br></pre> | Error: Cannot POST /v1/messages"
            })
    void saysWhichPageCame(String body, String title) {
        assertThat(read(502, body.replace('~', '\n')).message())
                .isEqualTo("upstream returned HTTP 502 and a web page: " + title);
    }

    /** Some servers say first that all is well (R9, S12). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'code':0,'message':'ok','detail':''}",
                "{'code':200,'msg':'success','detail':{'queue':1}}",
                "{'message':'started','detail':''}",
                "{'message':'started','detail':{}}"
            })
    void takesWhatSaysThatAllIsWellForNoError(String body) {
        assertThat(ErrorReader.isError(Json.parse(body.replace('\'', '"')))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'detail':'Not Found'}",
                "{'detail':[{'msg':'x'}]}",
                "{'code':0,'type':'SomeError','message':'m'}"
            })
    void takesADetailAloneForAnError(String body) {
        assertThat(ErrorReader.isError(Json.parse(body.replace('\'', '"')))).isTrue();
    }

    @Test
    void limitsWhatAMessageMaySay() {
        assertThat(read(400, "{'error':{'message':'" + "x".repeat(100_000) + "'}}")
                        .message())
                .hasSize(16_000);
        assertThat(read(400, "{'detail':[{'loc':['body'],'msg':'" + "x".repeat(100_000) + "'}]}")
                        .message())
                .hasSize(16_000);
    }

    @Test
    void cutsBetweenCharacters() {
        String message = "a".repeat(15_999) + "\uD83D\uDE00b";
        String words = "a".repeat(1_999) + "\uD83D\uDE00b";

        assertThat(read(400, Json.text(Json.object().put("message", message))).message())
                .isEqualTo("a".repeat(15_999));
        assertThat(read(400, words).message()).isEqualTo("a".repeat(1_999));
        assertThat(read(400, "<error><message>a&#xD83D;b&#0;c</message></error>")
                        .message())
                .isEqualTo("a&#xD83D;b&#0;c");
    }

    @Test
    void readsHowTheErrorBeginsThatIsLongerThanWhatIsReadOfIt() {
        assertThat(read(400, "<html>" + "<title".repeat(150_000)).message()).hasSizeLessThan(3000);
        assertThat(read(400, "<x>" + "<message>".repeat(150_000)).message()).hasSizeLessThan(3000);
        assertThat(read(400, "[".repeat(1_000_000)).message()).hasSizeLessThan(3000);
        assertThat(read(400, "data: [".repeat(150_000)).message()).hasSizeLessThan(3000);
    }

    @Test
    void findsTheRequestInTheBody() {
        assertThat(read(400, "{'Response':{'Error':{'Message':'m'},'RequestId':'r1'}}")
                        .requestId())
                .contains("r1");
        assertThat(read(400, "{'error':{'message':'m','request_id':'r2'}}").requestId())
                .contains("r2");
        assertThat(read(400, "{'error':{'message':'m'},'request_id':'r3'}").requestId())
                .contains("r3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "' \n'", "<html><h1>x</h1></html>", "<!DOCTYPE html><p>", "{}", "[]", "{'error':{}}"})
    void saysWhereThereIsNothingReadable(String body) {
        assertThat(read(502, body).message()).isEqualTo("upstream returned HTTP 502 without a readable error body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "'<p>down</p>'"})
    void looksIntoQuotedTexts(String body) {
        assertThat(read(502, body).message()).isEqualTo("upstream returned HTTP 502 without a readable error body");
    }

    @Test
    void keepsTwoThousandCharactersOfPlainText() {
        assertThat(read(500, "x".repeat(5000)).message()).hasSize(2000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {'error':{'message':'m','code':'context_length_exceeded'}}",
                "429 | {'error':{'message':'m','type':'exceed_context_size_error'}}",
                "400 | {'error':{'message':'This model has a maximum context length of 8 tokens'}}",
                "413 | {'error':{'message':'larger than the context window'}}",
                "422 | {'detail':'input exceeds the available CONTEXT size'}",
                "500 | {'error':{'message':'too many tokens'}}",
                "400 | {'error':{'message':'Please reduce the length of the messages.'}}"
            })
    void recognisesAnOverflow(int status, String body) {
        UpstreamError error = read(status, body);

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.kind()).isEqualTo(Kind.CONTEXT_LENGTH);
        assertThat(error.anthropicType()).isEqualTo("invalid_request_error");
        assertThat(error.anthropicMessage()).isEqualTo("prompt is too long: " + error.message());
    }

    @Test
    void doesNotSayTwiceThatAPromptIsTooLong() {
        UpstreamError error = read(400, "{'error':{'message':'prompt is too long: 9 tokens > 8 maximum'}}");

        assertThat(error.anthropicMessage()).isEqualTo("prompt is too long: 9 tokens > 8 maximum");
        assertThat(read(429, "{'error':{'message':'too many tokens per minute'}}")
                        .kind())
                .isEqualTo(Kind.RATE_LIMIT);
    }

    @Test
    void tellsAnEmptyAccountFromTooManyRequests() {
        UpstreamError openAi = read(429, "{'error':{'message':'m','type':'insufficient_quota'}}");
        UpstreamError deepSeek = read(402, "{'error':{'message':'Insufficient Balance'}}");

        assertThat(openAi.status()).isEqualTo(402);
        assertThat(openAi.anthropicType()).isEqualTo("billing_error");
        assertThat(openAi.headers()).containsEntry("x-should-retry", "false");
        assertThat(deepSeek.headers()).containsEntry("x-should-retry", "false");
        assertThat(deepSeek.toException().kind()).isEqualTo(Kind.QUOTA);
        assertThat(deepSeek.toException().isRetryable()).isFalse();
    }

    @Test
    void passesOnWhatTellsWhenToRetryAndNothingElse() {
        UpstreamError error = read(
                429,
                "{'error':{'message':'m'}}",
                Map.of(
                        "retry-after", "7",
                        "retry-after-ms", "6500",
                        "x-should-retry", "true",
                        "x-ratelimit-remaining-requests", "0",
                        "apim-request-id", "a1"));

        assertThat(error.headers())
                .containsOnly(
                        Map.entry("retry-after", "7"),
                        Map.entry("retry-after-ms", "6500"),
                        Map.entry("x-should-retry", "true"));
        assertThat(error.requestId()).contains("a1");
        assertThat(MessagesErrors.body(error).path("request_id").asText()).isEqualTo("a1");
        ProviderException exception = error.toException();
        assertThat(exception.retryAfter()).contains(Duration.ofMillis(6500));
        assertThat(exception.requestId()).contains("a1");
        assertThat(exception.status()).hasValue(429);
    }

    /** OmniRoute#9504, lettertrace#34, Roo-Code#3883: what comes back within the hour is no empty account. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':{'code':429,'message':'You exceeded your current quota','details':[{'@type':'t','retryDelay':'36.2s'}]}} | 429 | 37",
                "{'error':{'code':429,'message':'You exceeded your current quota. Please retry in 18.6s.'}} | 429 | 19",
                "{'error':{'message':'Rate limit reached. Please try again in 7m12.5s. Visit us'}} | 429 | 433",
                "{'error':{'message':'Rate limit reached, try again in 250ms'}} | 429 | 1",
                "{'error':{'message':'Rate limited','metadata':{'retry_after_seconds':9}}} | 429 | 9",
                "{'error':{'message':'Rate limited','metadata':{'headers':{'Retry-After':'4'}}}} | 429 | 4",
                "{'error':{'message':'You exceeded your current quota','details':[{'retryDelay':'86400s'}]}} | 402 | ",
                "{'error':{'message':'You exceeded your current quota'}} | 402 | ",
                "{'error':{'message':'Rate limit reached, try again in 3 days'}} | 429 | ",
            })
    void readsTheWaitOutOfTheBodyWhereNoHeaderSaysIt(String body, int status, String seconds) {
        UpstreamError error = read(429, body);

        assertThat(error.status()).isEqualTo(status);
        assertThat(error.headers().get("retry-after")).isEqualTo(seconds);
        assertThat(read(429, body, Map.of("retry-after", "2")).headers()).containsEntry("retry-after", "2");
    }

    @Test
    void readsDatesAsTimesToWait() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(RetryAfter.of(Map.of("retry-after", "Thu, 01 Jan 2026 00:00:30 GMT"), now))
                .contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.of(Map.of("retry-after", "Wed, 31 Dec 2025 00:00:00 GMT"), now))
                .contains(Duration.ZERO);
        assertThat(RetryAfter.of(Map.of("retry-after", "soon"), now)).isEmpty();
        assertThat(RetryAfter.of(Map.of("retry-after", "-1"), now)).isEmpty();
        assertThat(RetryAfter.of(Map.of(), now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Codex: opencode#25730, CLIProxyAPI#2712; OpenAI; Moonshot; Mistral.
                "{'type':'error','error':{'type':'service_unavailable_error','code':'server_is_overloaded','message':'m'}} | 529",
                "{'status':'failed','error':{'code':'slow_down','message':'m'}} | 529",
                "{'error':{'type':'engine_overloaded_error','message':'m'}} | 529",
                "{'error':{'type':'service_unavailable_error','message':'m'}} | 503",
                "{'object':'error','type':'service_tier_capacity_exceeded','message':'m'} | 429",
                "{'error':{'message':'m','code':429}} | 429",
                "{'error':{'message':'m','code':'503'}} | 503",
                "{'error':{'message':'m','code':'weird','type':408}} | 408",
                "{'error':{'message':'m','code':'rate_limit_exceeded','type':'server_error'}} | 429",
                "{'error':{'message':'m','type':'insufficient_quota'}} | 402",
                "{'error':{'message':'m','code':'invalid_api_key'}} | 401",
                "{'error':{'message':'m','code':'model_not_found'}} | 404",
                "{'error':{'message':'m','code':'tool_use_failed'}} | 400",
                "{'error':{'message':'m','type':'overloaded_error'}} | 529",
                "{'error':{'message':'m','code':'service_unavailable'}} | 503",
                "{'error':{'message':'m','code':'timeout'}} | 504",
                "{'error':{'message':'m','code':'internal_error'}} | 500",
                "{'error':{'message':'m','code':99}} | 502",
                "{'error':'m'} | 502"
            })
    void findsTheStatusOfAnErrorInsideAnAnswer(String body, int status) {
        UpstreamError error = ErrorReader.readInside(Json.parse(body.replace('\'', '"')));

        assertThat(error.status()).isEqualTo(status);
        assertThat(error.message()).isEqualTo("m");
    }

    @Test
    void writesErrorsForOpenAiClients() {
        assertThat(ChatErrors.body(read(429, "{'error':{'message':'slow'}}")))
                .isEqualTo(Translate.json("{'error':{'message':'slow','type':'rate_limit_error','param':null,"
                        + "'code':'rate_limit_exceeded'}}"));
        assertThat(ChatErrors.body(read(401, "{'error':{'message':'key'}}"))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("invalid_api_key");
        assertThat(ChatErrors.body(read(400, "{'error':{'message':'prompt is too long: 9'}}"))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("context_length_exceeded");
        assertThat(ChatErrors.body(read(529, "x")).path("error").path("type").asText())
                .isEqualTo("server_error");
        assertThat(ChatErrors.status(read(529, "x"))).isEqualTo(503);
        assertThat(ChatErrors.status(read(404, "x"))).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"NETWORK, 502, api_error", "TIMEOUT, 504, timeout_error", "AUTH, 401, authentication_error"})
    void givesOurOwnFailuresAStatus(Kind kind, int status, String type) {
        UpstreamError error = UpstreamError.of(new ProviderException(kind, "m"));

        assertThat(error.status()).isEqualTo(status);
        assertThat(error.anthropicType()).isEqualTo(type);
    }

    @Test
    void keepsTheWaitThroughAnException() {
        UpstreamError error = UpstreamError.of(ProviderException.builder(Kind.RATE_LIMIT, "m")
                .retryAfter(Duration.ofMillis(1500))
                .build());

        assertThat(error.headers()).containsEntry("retry-after", "2").containsEntry("retry-after-ms", "1500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System message must be at the beginning.",
                "messages[1].role: unknown variant `system`, expected `user` or `assistant` at line 1",
                "invalid: Unexpected role \\u0022system\\u0022",
                "Only the first message may be a system message first"
            })
    void saysWhatHelpsWhereATemplateTakesNoSystemMessage(String message) {
        UpstreamError error = read(400, "{'error':{'message':'" + message + "'}}");

        assertThat(error.help()).hasValueSatisfying(help -> assertThat(help).contains("midSystem"));
        assertThat(error.withHelp().message()).startsWith(error.message()).contains("midSystem");
        assertThat(error.toException().help()).isEqualTo(error.help());
    }

    private static UpstreamError read(int status, String body) {
        return read(status, body, Map.of());
    }

    private static UpstreamError read(int status, String body, Map<String, String> headers) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ErrorReader.read(status, name -> Optional.ofNullable(headers.get(name)), bytes);
    }
}
