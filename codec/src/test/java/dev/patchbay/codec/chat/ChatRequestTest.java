package dev.patchbay.codec.chat;

import static dev.patchbay.codec.Translate.chatMessages;
import static dev.patchbay.codec.Translate.chatWith;
import static dev.patchbay.codec.Translate.json;
import static dev.patchbay.codec.Translate.messagesToChat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesErrors;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Q2 to Q10 and M1 to M9, where no vector looks. */
class ChatRequestTest {

    private static final Quirks PLAIN = Quirks.none();
    private static final String PDF =
            "{'type':'document','title':'a.pdf','source':{'type':'base64','media_type':'application/pdf','data':'JVBE'}}";

    @Test
    void keepsSystemMessagesInPlaceAndDropsBlankOnes() {
        assertMessages(
                "[{'role':'user','content':'a'},{'role':'system','content':[{'type':'text','text':'x'},"
                        + "{'type':'text','text':' '},{'type':'text','text':'y'}]},{'role':'system','content':''},"
                        + "{'role':'user','content':'b'}]",
                "[{'role':'user','content':'a'},{'role':'system','content':'x\\n\\ny'},{'role':'user','content':'b'}]");
    }

    @Test
    void makesOneMessageOfAllSystemTextsInFront() {
        assertThat(messagesToChat(
                                "{'model':'m','system':'a','messages':[{'role':'system','content':"
                                        + "[{'type':'text','text':'x-anthropic-billing-header: 1'},{'type':'text','text':'b'}]},"
                                        + "{'role':'system','content':'c'},{'role':'user','content':'q'}]}",
                                PLAIN)
                        .path("messages"))
                .isEqualTo(Json.parse("[{'role':'system','content':'a\\n\\nb\\n\\nc'},{'role':'user','content':'q'}]"
                        .replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "user | [{'role':'system','content':'s'},{'role':'user','content':'q\\n\\n[system] x'},"
                        + "{'role':'assistant','content':'a'},{'role':'user','content':'[system] y\\n\\nr'}]",
                "merge | [{'role':'system','content':'s\\n\\nx\\n\\ny'},{'role':'user','content':'q'},"
                        + "{'role':'assistant','content':'a'},{'role':'user','content':'r'}]"
            })
    void putsSystemMessagesInTheMiddleWhereTheUpstreamTakesThem(String midSystem, String expected) {
        assertThat(messagesToChat(
                                "{'model':'m','system':'s','messages':[{'role':'user','content':'q'},"
                                        + "{'role':'system','content':'x'},{'role':'assistant','content':'a'},"
                                        + "{'role':'system','content':'y'},{'role':'user','content':'r'}]}",
                                PLAIN.with("midSystem", midSystem))
                        .path("messages"))
                .isEqualTo(Json.parse(expected.replace('\'', '"')));
    }

    @Test
    void saysASystemTextBehindTheAnswersToCalls() {
        assertThat(messagesToChat(
                                "{'model':'m','messages':[{'role':'user','content':'q'},{'role':'assistant','content':"
                                        + "[{'type':'tool_use','id':'c','name':'f','input':{}}]},{'role':'system','content':'x'},"
                                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'r'}]},"
                                        + "{'role':'system','content':'y'}]}",
                                PLAIN.with("midSystem", "user"))
                        .path("messages")
                        .findValuesAsText("content"))
                .containsExactly("q", "null", "r", "[system] x\n\n[system] y");
    }

    @Test
    void carriesOutWhatSystemMessagesSay() {
        ObjectNode body = messagesToChat(
                "{'model':'m','tools':[{'name':'a','input_schema':{'type':'object'}},{'name':'b','input_schema':{}},"
                        + "{'name':'late','input_schema':{},'defer_loading':true},{'name':'found','input_schema':{},"
                        + "'defer_loading':true},{'name':'never','input_schema':{},'defer_loading':true},"
                        + "{'name':'DeferredToolPlaceholder','input_schema':{},'defer_loading':true}],"
                        + "'output_config':{'effort':'low'},'messages':[{'role':'user','content':'q'},"
                        + "{'role':'system','clear_at':'next_user_message','content':'forget me'},"
                        + "{'role':'system','content':[{'type':'text','text':'keep me'},{'type':'tool_addition','tool':"
                        + "{'type':'tool_definition','definition':{'name':'new','input_schema':{'type':'object'}}}},"
                        + "{'type':'tool_addition','tool':{'type':'tool_reference','name':'late'}},"
                        + "{'type':'tool_removal','tool':{'type':'tool_reference','name':'b'}}],"
                        + "'output_config':{'effort':'high'}},"
                        + "{'role':'assistant','content':[{'type':'tool_use','id':'c','name':'search','input':{}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':"
                        + "[{'type':'tool_reference','tool_name':'found'}]}]},"
                        + "{'role':'system','clear_at':'next_user_message','content':'now'}]}",
                PLAIN.with("reasoning", "reasoning_effort"));

        assertThat(body.path("tools").findValuesAsText("name")).containsExactly("a", "late", "found", "new");
        assertThat(body.path("reasoning_effort").asText()).isEqualTo("high");
        assertThat(body.path("messages").findValuesAsText("content"))
                .contains("keep me", "now")
                .doesNotContain("forget me");
    }

    @Test
    void refusesAThreadInTheFormThatMakesAnthropicsSdkGoOnWithout() {
        assertThatThrownBy(() -> messagesToChat("{'model':'m','thread':{'type':'create'},'messages':[]}", PLAIN))
                .isInstanceOfSatisfying(ProviderException.class, failure -> {
                    UpstreamError error = UpstreamError.of(failure);
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(MessagesErrors.body(error)
                                    .path("error")
                                    .path("type")
                                    .asText())
                            .isEqualTo("invalid_request_error");
                    assertThat(MessagesErrors.body(error).path("error").path("details"))
                            .isEqualTo(json("{'error_code':'thread_unsupported_request','unsupported':['thread']}"));
                });
    }

    @Test
    void sendsASpaceWhereThinkingMustComeBackAndIsNotThere() {
        String turns = "[{'role':'assistant','content':[{'type':'text','text':'t'}]},{'role':'user','content':'q'},"
                + "{'role':'assistant','content':[{'type':'tool_use','id':'c','name':'f','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'r'}]}]";

        assertThat(chatMessages(turns, PLAIN.with("reasoningReplay", "tool_turns"))
                        .findValuesAsText("reasoning_content"))
                .containsExactly(" ");
        assertThat(chatMessages(turns, PLAIN.with("reasoningReplay", "always")).findValuesAsText("reasoning_content"))
                .containsExactly(" ", " ");
        assertThat(chatMessages(turns, PLAIN).findValuesAsText("reasoning_content"))
                .isEmpty();
    }

    @Test
    void saysSomethingBetweenAToolAndTheUserWhereTheUpstreamAsksForIt() {
        String turns = "[{'role':'assistant','content':[{'type':'tool_use','id':'c','name':'f','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'r'},{'type':'text',"
                + "'text':'and'}]}]";

        assertThat(chatMessages(turns, PLAIN.with("userAfterTool", "assistant")).findValuesAsText("role"))
                .containsExactly("assistant", "tool", "assistant", "user");
        assertThat(chatMessages(turns, PLAIN).findValuesAsText("role")).containsExactly("assistant", "tool", "user");
    }

    @Test
    void proofsTheFirstCallOfATurnWhereTheProviderAsksForIt() {
        JsonNode calls = chatMessages(
                        "[{'role':'assistant','content':[{'type':'tool_use','id':'c','name':'f','input':{}},"
                                + "{'type':'tool_use','id':'d','name':'f','input':{}}]}]",
                        PLAIN.with("extra", List.of("extra_content")))
                .path(0)
                .path("tool_calls");

        assertThat(calls.path(0).at("/extra_content/google/thought_signature").asText())
                .isEqualTo("skip_thought_signature_validator");
        assertThat(calls.path(1).has("extra_content")).isFalse();
    }

    @Test
    void removesTheAttributionWithNothingBehindIt() {
        assertThat(messagesToChat(
                                "{'model':'m','system':'x-anthropic-billing-header: a=1','messages':[{'role':'user',"
                                        + "'content':'q'}]}",
                                PLAIN)
                        .path("messages")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void joinsTextsOfAUserAndDropsBlankMessages() {
        assertMessages(
                "[{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'\\n'},"
                        + "{'type':'text','text':'b'}]},{'role':'assistant','content':'c'},"
                        + "{'role':'user','content':[{'type':'text','text':''}]}]",
                "[{'role':'user','content':'a\\n\\nb'},{'role':'assistant','content':'c'}]");
    }

    @Test
    void sendsImageUrlsAsTheyAreAndNotesForStoredFiles() {
        assertMessages(
                "[{'role':'user','content':[{'type':'image','source':{'type':'url','url':'https://x.example/a.png'}},"
                        + "{'type':'image','source':{'type':'file','file_id':'f1'}}]}]",
                "[{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://x.example/a.png'}},"
                        + "{'type':'text','text':'[image omitted]'}]}]");
    }

    @Test
    void turnsDocumentsIntoTextOrNotes() {
        assertMessages(
                "[{'role':'user','content':["
                        + PDF
                        + ",{'type':'document','source':{'type':'text','media_type':'text/plain','data':'plain'}},"
                        + "{'type':'document','source':{'type':'content','content':[{'type':'text','text':'one'},"
                        + "{'type':'text','text':'two'}]}},"
                        + "{'type':'document','title':'t','source':{'type':'url','url':'https://x.example/d.pdf'}},"
                        + "{'type':'search_result','title':'hit','source':'s3','content':[{'type':'text','text':'found'}]},"
                        + "{'type':'container_upload','file_id':'f'}]}]",
                "[{'role':'user','content':'[document omitted: a.pdf (application/pdf)]\\n\\nplain\\n\\none\\ntwo\\n\\n"
                        + "[document omitted: t (https://x.example/d.pdf)]\\n\\nhit\\ns3\\nfound'}]");
    }

    @Test
    void keepsApartAssistantTextsThatDoNotTouch() {
        assertMessages(
                "[{'role':'assistant','content':[{'type':'text','text':'one'},{'type':'thinking','thinking':'t',"
                        + "'signature':'s'},{'type':'text','text':'two '},{'type':'text','text':'three'},"
                        + "{'type':'tool_use','id':'c','name':'f','input':null},{'type':'text','text':'four'}]}]",
                "[{'role':'assistant','content':'one\\n\\ntwo three\\n\\nfour','tool_calls':[{'id':'c','type':'function',"
                        + "'function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c',"
                        + "'content':'Error: no result was recorded for this tool call.'}]");
    }

    @Test
    void sendsAPrefillAsItIs() {
        assertMessages(
                "[{'role':'user','content':'q'},{'role':'assistant','content':'The answer is '}]",
                "[{'role':'user','content':'q'},{'role':'assistant','content':'The answer is '}]");
    }

    @Test
    void replaysThinkingOnEveryTurnWhereAskedTo() {
        Quirks always = PLAIN.with("reasoningReplay", "always").with("reasoningField", "reasoning");

        JsonNode sent = chatMessages(
                "[{'role':'assistant','content':[{'type':'thinking','thinking':'a','signature':''},"
                        + "{'type':'redacted_thinking','data':'zz'},{'type':'thinking','thinking':'b','signature':''},"
                        + "{'type':'text','text':'t'}]},{'role':'assistant','content':[{'type':'thinking',"
                        + "'thinking':'alone','signature':''}]}]",
                always);

        assertThat(sent).isEqualTo(array("[{'role':'assistant','content':'t','reasoning':'ab'}]"));
    }

    @Test
    void dropsCallsThatOnlyAnthropicKnows() {
        assertMessages(
                "[{'role':'assistant','content':[{'type':'mcp_tool_use','id':'m','name':'n','input':{},'server_name':'s'},"
                        + "{'type':'mcp_tool_result','tool_use_id':'m','content':[]},{'type':'future','x':1}]},"
                        + "{'role':'user','content':'go on'}]",
                "[{'role':'user','content':'go on'}]");
    }

    @Test
    void forwardsCacheMarksOnlyWhereTheyAreWanted() {
        String request = "{'model':'m','system':[{'type':'text','text':'s','cache_control':{'type':'ephemeral'}}],"
                + "'messages':[{'role':'user','content':[{'type':'text','text':'u','cache_control':{'type':'ephemeral'}}]}]}";

        JsonNode forwarded = messagesToChat(request, PLAIN.with("cacheControl", "forward"));
        JsonNode stripped = messagesToChat(request, PLAIN);

        assertThat(forwarded.path("messages"))
                .isEqualTo(array("[{'role':'system','content':[{'type':'text','text':'s','cache_control':"
                        + "{'type':'ephemeral'}}]},{'role':'user','content':[{'type':'text','text':'u','cache_control':"
                        + "{'type':'ephemeral'}}]}]"));
        assertThat(stripped.path("messages"))
                .isEqualTo(array("[{'role':'system','content':'s'},{'role':'user','content':'u'}]"));
    }

    @Test
    void limitsTheAnswerInOneFieldOnlyAndToOneAtLeast() {
        Quirks modern = PLAIN.with("maxTokensField", "max_completion_tokens").with("maxOutputTokens", 100);

        assertThat(chatWith("'max_tokens':500", modern)).isEqualTo(withDefaults("'max_completion_tokens':100"));
        assertThat(chatWith("'max_tokens':0", PLAIN)).isEqualTo(withDefaults("'max_tokens':1"));
    }

    @Test
    void keepsZeroAsAValue() {
        assertThat(chatWith("'temperature':0,'top_p':0", PLAIN)).isEqualTo(withDefaults("'temperature':0,'top_p':0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'thinking':{'type':'enabled','budget_tokens':4096} | low medium high | low",
                "'thinking':{'type':'enabled','budget_tokens':4097} | low medium high | medium",
                "'thinking':{'type':'enabled','budget_tokens':16384} | low medium high | medium",
                "'thinking':{'type':'enabled','budget_tokens':16385} | low medium high | high",
                "'thinking':{'type':'enabled','budget_tokens':1024},'output_config':{'effort':'high'} | low medium high | high",
                "'output_config':{'effort':'xhigh'} | low xhigh max | xhigh",
                "'output_config':{'effort':'medium'} | low high | low",
                "'output_config':{'effort':'low'} | none medium high | medium",
                "'output_config':{'effort':'max'} | none minimal | minimal",
                "'output_config':{'effort':'ultra'} | low high xhigh | xhigh",
                "'thinking':{'type':'disabled'} | none low | none",
                "'thinking':{'type':'disabled'} | low | ``",
                "'thinking':{'type':'adaptive'} | none low | ``",
                "'output_config':{'effort':'unheard'} | low | ``"
            })
    void fitsTheEffortIntoWhatTheModelKnows(String asked, String efforts, String sent) {
        Quirks quirks = PLAIN.with("reasoning", "reasoning_effort").with("efforts", List.of(efforts.split(" ")));

        assertThat(chatWith(asked, quirks).path("reasoning_effort").asText("")).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'output_config':{'effort':'max'} | {'effort':'high'}",
                "'thinking':{'type':'enabled','budget_tokens':9000} | {'max_tokens':9000}",
                "'thinking':{'type':'adaptive'} | {'enabled':true}",
                "'thinking':{'type':'disabled'},'output_config':{'effort':'low'} | {'enabled':false}"
            })
    void asksOpenRouterForReasoning(String asked, String sent) {
        Quirks quirks = PLAIN.with("reasoning", "openrouter");

        assertThat(chatWith(asked, quirks).path("reasoning")).isEqualTo(json(sent));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'thinking':{'type':'enabled','budget_tokens':9000} | {'type':'enabled'}",
                "'thinking':{'type':'disabled'} | {'type':'disabled'}"
            })
    void switchesThinkingByType(String asked, String sent) {
        assertThat(chatWith(asked, PLAIN.with("reasoning", "thinking_type")).path("thinking"))
                .isEqualTo(json(sent));
    }

    @Test
    void sendsNoReasoningUnasked() {
        assertThat(chatWith("'stream':false", PLAIN.with("reasoning", "thinking_type")))
                .isEqualTo(withDefaults("'x':1").without("x"));
        assertThat(chatWith("'stream':false", PLAIN.with("reasoning", "openrouter"))
                        .has("reasoning"))
                .isFalse();
    }

    @Test
    void namesTheUserWhereTheUpstreamWantsIt() {
        Quirks cache = PLAIN.with("user", "prompt_cache_key").with("userMax", 16);

        assertThat(chatWith("'metadata':{'user_id':'u-1'}", PLAIN).has("user")).isFalse();
        assertThat(chatWith("'metadata':{'user_id':'u-1'}", cache)
                        .path("prompt_cache_key")
                        .asText())
                .isEqualTo("u-1");
        assertThat(chatWith("'metadata':{'user_id':'a.b@c'}", cache)
                        .path("prompt_cache_key")
                        .asText())
                .matches("[0-9a-f]{16}");
    }

    @Test
    void asksForUsageOnlyWhereAllowed() {
        assertThat(chatWith("'stream':true", PLAIN.with("streamUsage", false)))
                .isEqualTo(withDefaults("'stream':true"));
    }

    @Test
    void sendsTheSchemaOfTheAnswer() {
        String format = "'output_config':{'format':{'type':'json_schema','schema':{'type':'object'}}}";
        String closed =
                "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}";

        assertThat(chatWith(format, PLAIN).path("response_format"))
                .isEqualTo(json("{'type':'json_schema','json_schema':{'name':'response','schema':{'type':'object'}}}"));
        assertThat(chatWith(format.replace("{'type':'object'}", closed), PLAIN).path("response_format"))
                .isEqualTo(json("{'type':'json_schema','json_schema':{'name':'response','schema':" + closed
                        + ",'strict':true}}"));
        assertThat(chatWith(format.replace("{'type':'object'}", closed.replace("['a']", "[]")), PLAIN)
                        .path("response_format")
                        .path("json_schema")
                        .has("strict"))
                .isFalse();
        assertThat(chatWith(format, PLAIN.with("structuredOutput", "none")).has("response_format"))
                .isFalse();
    }

    @Test
    void passesOnlyNamedExtrasAndRemovesWhatIsDropped() {
        Quirks quirks =
                PLAIN.with("extra", List.of("top_k", "min_p", "thinking")).with("drop", List.of("max_tokens"));

        assertThat(chatWith(
                        "'max_tokens':9,'top_k':4,'min_p':0.05,'top_a':1,'thinking':{'type':'enabled','budget_tokens':5}",
                        quirks))
                .isEqualTo(withDefaults("'top_k':4,'min_p':0.05,'thinking':{'type':'enabled','budget_tokens':5}"));
    }

    private static void assertMessages(String messages, String expected) {
        assertThat(chatMessages(messages, PLAIN)).isEqualTo(array(expected));
    }

    private static ObjectNode withDefaults(String members) {
        return json("{'model':'m','messages':[{'role':'user','content':'go'}]," + members + "}");
    }

    private static JsonNode array(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
