package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesResponseWriter;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Tool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of docs/design/dialects.md, each under its id, that the vectors show by example only. */
class DialectPageTest {

    private static final Quirks PLAIN = Quirks.none();

    @Nested
    class Q7AssistantText {

        @Test
        void textsThatTouchAreOneSentence() {
            assertThat(assistant("{'type':'text','text':'one '},{'type':'text','text':'two'}")
                            .path("content")
                            .asText())
                    .isEqualTo("one two");
        }

        @Test
        void textsWithABlockBetweenThemAreParagraphs() {
            assertThat(assistant(
                                    "{'type':'text','text':'one'},{'type':'thinking','thinking':'t','signature':'s'},{'type':'text','text':'two'}")
                            .path("content")
                            .asText())
                    .isEqualTo("one\n\ntwo");
        }

        @Test
        void callsAloneHaveNeitherEmptyTextNorAnEmptyList() {
            assertThat(assistant("{'type':'tool_use','id':'a','name':'f','input':{}}")
                            .path("content")
                            .isNull())
                    .isTrue();
        }

        @Test
        void aMessageOfNothingIsLeftOutAndOneThatIsToBeContinuedStays() {
            JsonNode sent = Translate.chatMessages(
                    "[{'role':'user','content':'q'},{'role':'assistant','content':[{'type':'text','text':''}]},"
                            + "{'role':'user','content':'r'},{'role':'assistant','content':'So '}]",
                    PLAIN);

            assertThat(sent.findValuesAsText("content")).containsExactly("q", "r", "So ");
        }
    }

    @Nested
    class Q9ThinkingInTheHistory {

        private static final String CALL = "{'type':'tool_use','id':'a','name':'f','input':{}}";
        private static final String THOUGHT = "{'type':'thinking','thinking':'hm','signature':''},";

        @ParameterizedTest
        @CsvSource({
            "never, true, ''",
            "never, false, ''",
            "tool_turns, true, hm",
            "tool_turns, false, ''",
            "always, false, hm"
        })
        void goesBackToWhomWantsIt(String replay, boolean calls, String told) {
            JsonNode sent = assistant(
                    THOUGHT + (calls ? CALL : "{'type':'text','text':'x'}"), PLAIN.with("reasoningReplay", replay));

            assertThat(sent.path("reasoning_content").asText("")).isEqualTo(told);
        }

        @Test
        void isASpaceWhereItIsLost() {
            JsonNode sent = assistant(
                    "{'type':'redacted_thinking','data':'x'}," + CALL, PLAIN.with("reasoningReplay", "tool_turns"));

            assertThat(sent.path("reasoning_content").asText("")).isEqualTo(" ");
            assertThat(sent.toString()).doesNotContain("redacted");
        }
    }

    @Nested
    class M8StructuredOutput {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false} | true",
                    "{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false} | false",
                    "{'type':'object','properties':{'a':{'type':'string'}},'required':['a']} | false",
                    "{'type':'object','properties':{'a':{'type':'object','properties':{}}},'required':['a'],'additionalProperties':false} | false"
                })
        void isStrictWhereEveryObjectAllowsIt(String schema, boolean strict) {
            JsonNode sent = format(schema, PLAIN).path("json_schema");

            assertThat(sent.path("name").asText()).isEqualTo("response");
            assertThat(sent.path("schema")).isEqualTo(Translate.json(schema));
            assertThat(sent.path("strict").asBoolean(false)).isEqualTo(strict);
        }

        @Test
        void isWhatTheUpstreamKnowsOfIt() {
            assertThat(format("{'type':'object'}", PLAIN.with("structuredOutput", "json_object"))
                            .toString())
                    .isEqualTo("{\"type\":\"json_object\"}");
            assertThat(format("{'type':'object'}", PLAIN.with("structuredOutput", "none"))
                            .isMissingNode())
                    .isTrue();
        }

        private JsonNode format(String schema, Quirks quirks) {
            return Translate.chatWith(
                            "'output_config':{'format':{'type':'json_schema','schema':" + schema + "}}", quirks)
                    .path("response_format");
        }
    }

    @Nested
    class R7WhyAnAnswerEnded {

        /** Gemini leaves the message out of what it refuses. */
        @Test
        void isToldWhereThereIsNoMessageToo() {
            JsonNode answer = Translate.chatAnswerToMessages(
                    "{'choices':[{'index':0,'finish_reason':'content_filter: PROHIBITED_CONTENT'}]}",
                    "{'messages':[]}");

            assertThat(answer.path("stop_reason").asText()).isEqualTo("refusal");
            assertThat(answer.path("content")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "length, false, max_tokens",
            "MAX_TOKENS, true, max_tokens",
            "model_length, false, max_tokens",
            "model_context_window_exceeded, false, model_context_window_exceeded",
            "content_filter, false, refusal",
            "sensitive, false, refusal",
            "SAFETY, false, refusal",
            "recitation, false, refusal",
            "prohibited_content, false, refusal",
            "content_filter: PROHIBITED_CONTENT, false, refusal",
            "IMAGE_PROHIBITED_CONTENT, false, refusal",
            "LANGUAGE, false, refusal",
            "stop, true, tool_use",
            "eos, true, tool_use",
            "'', true, tool_use",
            "STOP, false, end_turn",
            "tool_calls, false, end_turn",
            "function_call, false, end_turn",
            "'', false, end_turn",
            "eos, false, end_turn",
            "tool_use, false, end_turn"
        })
        void isReadByTheFirstRowThatApplies(String finish, boolean called, String reason) {
            String message =
                    called ? "{'tool_calls':[{'id':'c','function':{'name':'f','arguments':'{}'}}]}" : "{'content':'x'}";

            assertThat(Translate.chatMessageToMessages(message, "'" + finish + "'")
                            .path("stop_reason")
                            .asText())
                    .isEqualTo(reason);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "error",
                    "insufficient_system_resource",
                    "network_error",
                    "abort",
                    "function_call_filter: MALFORMED_FUNCTION_CALL",
                    "function_call_filter: UNEXPECTED_TOOL_CALL",
                    "malformed_model_output",
                    "malformed_tool_use"
                })
        void isNoAnswerWhereItBrokeOff(String finish) {
            assertThatThrownBy(() -> Translate.chatMessageToMessages("{'content':'x'}", "'" + finish + "'"))
                    .isInstanceOf(ProviderException.class);
        }
    }

    @Nested
    class R9ErrorsInA200 {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'error':{'message':'boom','code':503}} | OVERLOADED | boom",
                    "{'error':'boom'} | SERVER | boom",
                    "{'choices':[],'message':'boom'} | SERVER | boom",
                    "{'base_resp':{'status_code':1002,'status_msg':'boom'},'choices':null} | RATE_LIMIT | boom",
                    "{'base_resp':{'status_code':1008,'status_msg':'boom'}} | QUOTA | boom",
                    "{'code':401,'msg':'boom','success':false} | AUTH | boom",
                    "{'errors':[{'code':7,'message':'boom'}],'success':false} | SERVER | boom",
                    "{'status':404,'error':'Not Found','path':'/v4/chat'} | SERVER | /v4/chat",
                    "{'something':'else'} | SERVER | {\"something\":\"else\"}"
                })
        void areAnErrorOfTheirOwnKind(String body, ProviderException.Kind kind, String told) {
            assertThatThrownBy(() -> Translate.chatAnswerToMessages(body, "{'messages':[]}"))
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(kind))
                    .hasMessageContaining(told);
        }
    }

    @Nested
    class S9TheFinish {

        @Test
        void endsNothingAndItsLastWordCounts() {
            AnswerCollector answer = new AnswerCollector();
            StreamDecoder decoder = new ChatDialect()
                    .streamDecoder(
                            ChatRequest.builder("m")
                                    .tool(Tool.of("f", "", Map.of()))
                                    .build(),
                            PLAIN,
                            answer);
            for (String chunk : List.of(
                    "{'choices':[{'delta':{'content':'a'},'finish_reason':''}]}",
                    "{'choices':[{'delta':{'content':'b'},'finish_reason':'stop'}]}",
                    "{'choices':[{'delta':{'content':'c'},'finish_reason':null}]}",
                    "{'choices':[{'delta':{},'finish_reason':'length'}]}",
                    "{'choices':[],'usage':{'prompt_tokens':3,'completion_tokens':1}}")) {
                decoder.line("data: " + chunk.replace('\'', '"'));
                decoder.line("");
                assertThat(decoder.isDone()).isFalse();
            }
            decoder.end(false);

            assertThat(decoder.isDone()).isTrue();
            assertThat(answer.stopReason()).contains(StopReason.MAX_TOKENS);
            assertThat(answer.usage().inputTokens()).hasValue(3);
            assertThat(Json.text(MessagesResponseWriter.write(answer, "m"))).contains("\"abc\"");
        }
    }

    @Nested
    class VQ2Parts {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA'}} | {'type':'image','source':{'type':'base64','media_type':'image/png','data':'AA'}}",
                    "{'type':'image_url','image_url':{'url':'https://x/y.png'}} | {'type':'image','source':{'type':'url','url':'https://x/y.png'}}",
                    "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,AA'}} | {'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AA'},'title':'a.pdf'}",
                    "{'type':'image','source':{'type':'url','url':'https://x/y.png'}} | {'type':'image','source':{'type':'url','url':'https://x/y.png'}}",
                    "{'type':'text','text':'t','cache_control':{'type':'ephemeral'}} | {'type':'text','text':'t','cache_control':{'type':'ephemeral'}}"
                })
        void becomeBlocks(String part, String block) {
            JsonNode content = user("{'type':'text','text':' '},{'type':'text','text':'see'}," + part);

            assertThat(content).hasSize(2);
            assertThat(content.path(0).path("text").asText()).isEqualTo("see");
            assertThat(content.path(1)).isEqualTo(Translate.json(block));
        }

        /** Parts of Responses in chat messages, and the other way round. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'type':'input_image','image_url':'data:image/png;base64,AA'}",
                    "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA'}}",
                    "{'type':'image_url','image_url':'data:image/png;base64,AA'}"
                })
        void ofEitherOfOpenAisDialectsAreUnderstoodInBoth(String part) {
            String image = "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AA'}}";
            JsonNode responses = new MessagesDialect()
                    .encode(
                            ResponsesRequestReader.read(Translate.json(
                                            "{'model':'m','input':[{'role':'user','content':[" + part + "]}]}"))
                                    .request(),
                            PLAIN);

            assertThat(user(part).path(0)).isEqualTo(Translate.json(image));
            assertThat(responses.at("/messages/0/content/0")).isEqualTo(Translate.json(image));
        }

        @Test
        void mayBeOneThatStandsAlone() {
            assertThat(Translate.chatToMessages(
                                    "{'model':'m','messages':[{'role':'user','content':{'type':'text','text':'t'}}]}",
                                    PLAIN)
                            .at("/messages/0/content")
                            .asText())
                    .isEqualTo("t");
        }

        /** Anthropic refuses an image that is called by another type than its own. */
        @ParameterizedTest
        @CsvSource({
            "image/jpeg, iVBORw0KGgoA, image/png",
            "image/png, /9j/4AAQ, image/jpeg",
            "image/png, R0lGODlh, image/gif",
            "image/png, UklGRg, image/webp",
            "image/jpg, AAAA, image/jpeg",
            "image/png, AAAA, image/png"
        })
        void callAnImageByTheTypeOfItsBytes(String said, String data, String sent) {
            assertThat(user("{'type':'image_url','image_url':{'url':'data:" + said + ";base64," + data + "'}}")
                            .at("/0/source/media_type")
                            .asText())
                    .isEqualTo(sent);
        }

        @Test
        void ofAnotherKindAreTold() {
            assertThat(user("{'type':'text','text':'see'},{'type':'video_url','video_url':{'url':'x'}}")
                            .toString())
                    .contains("video_url");
        }

        @Test
        void ofAnthropicsShapeAreUnderstoodInChatMessages() {
            JsonNode sent = Translate.chatToMessages(
                            "{'model':'m','tools':[{'name':'f','input_schema':{'type':'object'}}],'messages':[{'role':'user','content':'q'},"
                                    + "{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{'p':1}}]},"
                                    + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'r'}]}]}",
                            PLAIN)
                    .path("messages");

            assertThat(sent.at("/1/content/0/type").asText()).isEqualTo("tool_use");
            assertThat(sent.at("/2/content/0/tool_use_id").asText()).isEqualTo("a");
        }

        @Test
        void ofARefusalAreText() {
            assertThat(Translate.chatToMessages(
                                    "{'model':'m','messages':[{'role':'user','content':'q'},{'role':'assistant','content':null,'refusal':'no','reasoning_content':'hm'},{'role':'user','content':'r'}]}",
                                    PLAIN)
                            .at("/messages/1/content")
                            .asText())
                    .isEqualTo("no");
        }

        private JsonNode user(String parts) {
            return Translate.chatToMessages(
                            "{'model':'m','messages':[{'role':'user','content':[" + parts + "]}]}", PLAIN)
                    .at("/messages/0/content");
        }
    }

    @Nested
    class VQ1Limit {

        @ParameterizedTest
        @ValueSource(strings = {"'max_tokens':-1", "'max_completion_tokens':-1", "'max_tokens':null"})
        void belowZeroIsNone(String limit) {
            assertThat(Translate.chatToMessages(
                                    "{'model':'m','messages':[{'role':'user','content':'q'}]," + limit + "}", PLAIN)
                            .path("max_tokens")
                            .asInt())
                    .isEqualTo(8192);
        }
    }

    private static JsonNode assistant(String blocks) {
        return assistant(blocks, PLAIN);
    }

    private static JsonNode assistant(String blocks, Quirks quirks) {
        return Translate.chatMessages(
                        "[{'role':'user','content':'q'},{'role':'assistant','content':[" + blocks
                                + "]},{'role':'user','content':'r'}]",
                        quirks)
                .path(1);
    }
}
