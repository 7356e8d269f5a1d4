package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What vendors refuse is refused here, in their words. */
class StrictProviderTest {

    private static final String TOOL =
            "'tools':[{'type':'function','function':{'name':'find','parameters':{'type':'object',"
                    + "'properties':{'a':{'type':'string'}}}}}]";
    private static final String CALL =
            "{'role':'assistant','tool_calls':[{'id':'%s','type':'function','function':{'name':'find','arguments':'{}'}}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OPENAI | /v1/chat/completions | {'messages':[],'max_tokens':5} | Unsupported parameter",
                "OPENAI | /v1/chat/completions | {'messages':[],'tools':[]} | too short",
                "OPENAI | /v1/chat/completions | {'messages':[],'tool_choice':'auto'} | only allowed when",
                "OPENAI | /v1/chat/completions | {'messages':[{'role':'tool','tool_call_id':'x','content':'r'}]} | preceeding",
                "OPENAI | /v1/chat/completions | {'messages':[{'role':'user','content':null}]} | expected a string",
                "OPENAI | /v1/responses | {'input':[{'type':'function_call_output','call_id':'x','output':''}]} | No tool call",
                "OPENAI | /v1/responses | {'input':'q','made_up':1} | Unknown parameter",
                "ANTHROPIC | /v1/messages | {'messages':[]} | max_tokens",
                "ANTHROPIC | /v1/messages | {'messages':[],'max_tokens':5,'seed':1} | seed: Extra inputs",
                "ANTHROPIC | /v1/messages | {'max_tokens':5,'messages':[{'role':'user','content':[{'type':'text','text':''}]}]}"
                        + " | must be non-empty",
                "ANTHROPIC | /v1/messages | {'max_tokens':5,'messages':[{'role':'user','content':[{'type':'tool_result',"
                        + "'tool_use_id':'x'}]}]} | unexpected `tool_use_id`",
                "ANTHROPIC | /v1/messages | {'max_tokens':5,'messages':[],'tools':[{'name':'f','input_schema':{'type':"
                        + "'object','oneOf':[]}}]} | at the top level",
                "GEMINI | /v1/chat/completions | {'messages':[],'top_k':5} | Unknown name",
                "GEMINI | /v1/chat/completions | {'messages':[],'tools':[{'type':'function','function':{'name':'f',"
                        + "'parameters':{'type':['string','null']}}}]} | Unknown name",
                "MISTRAL | /v1/chat/completions | {'messages':[],'stream_options':{}} | stream_options",
                "MISTRAL | /v1/chat/completions | {'messages':[{'role':'user','content':'q'},{'role':'system','content':'s'}]}"
                        + " | Unexpected role 'system' after role 'user'",
                "GROQ | /v1/chat/completions | {'messages':[],'logprobs':true} | unsupported",
                "DEEPSEEK | /v1/chat/completions | {'messages':[{'role':'developer','content':'s'}]} | unknown variant",
                "DEEPSEEK | /anthropic/v1/messages | {'max_tokens':5,'messages':[{'role':'system','content':'s'}]} | expected `user`",
                "KIMI | /v1/chat/completions | {'messages':[],'temperature':1} | temperature",
                "XAI | /v1/chat/completions | {'messages':[],'stop':['a']} | not supported",
                "QWEN_TEMPLATE | /v1/chat/completions | {'messages':[{'role':'user','content':'q'},{'role':'system','content':"
                        + "'s'}]} | at the beginning",
                "VLLM | /v1/messages | {'max_tokens':5,'messages':[{'role':'system','content':'s'}]} | expected `user`",
                "OLLAMA | /v1/chat/completions | {'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':"
                        + "'https://x.example/a.png'}}]}]} | invalid image"
            })
    void refusesWhatTheVendorRefuses(StrictVendor vendor, String path, String body, String words) throws Exception {
        try (StrictProvider provider = StrictProvider.start(vendor, 1)) {
            HttpResponse<String> answer = post(provider.baseUrl(path), body);

            assertThat(answer.statusCode()).isEqualTo(vendor == StrictVendor.MISTRAL ? 422 : 400);
            assertThat(provider.refusals())
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal).contains(words));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DEEPSEEK, call_1, reasoning_content",
        "KIMI, call_1, reasoning_content",
        "GEMINI, call_1, thought_signature",
        "MISTRAL, call_1, length of 9"
    })
    void asksForWhatMustComeBackWithACall(StrictVendor vendor, String id, String words) throws Exception {
        try (StrictProvider provider = StrictProvider.start(vendor, 1)) {
            post(
                    provider.baseUrl("/v1/chat/completions"),
                    "{'messages':[" + CALL.formatted(id) + ",{'role':'tool','tool_call_id':'" + id
                            + "','content':'r'}]}");

            assertThat(provider.refusals())
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal).contains(words));
        }
    }

    @Test
    void callsTheFirstToolInEachTurnAndThenEnds() throws Exception {
        try (StrictProvider provider = StrictProvider.start(StrictVendor.XAI, 1)) {
            URI url = provider.baseUrl("/v1/chat/completions");
            String question = "{'role':'user','content':'q'}";

            String called =
                    post(url, "{'messages':[" + question + "]," + TOOL + "}").body();
            String ended = post(
                            url,
                            "{'messages':[" + question + "," + CALL.formatted("c")
                                    + ",{'role':'tool','tool_call_id':'c','content':'r'}]," + TOOL + "}")
                    .body();

            assertThat(called).contains("\"name\":\"find\"");
            assertThat(ended).contains(StrictProvider.DONE);
            assertThat(provider.refusals()).isEmpty();
        }
    }

    private static HttpResponse<String> post(URI url, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
