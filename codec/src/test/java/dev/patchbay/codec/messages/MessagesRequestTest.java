package dev.patchbay.codec.messages;

import static dev.patchbay.codec.Translate.chatToMessages;
import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.Translate;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A1, A2 and VQ1 to VQ6, where no vector looks. */
class MessagesRequestTest {

    private static final Quirks PLAIN = Quirks.none();

    @Test
    void cleansWhatAnotherProviderLeft() {
        ObjectNode body = json("{'model':'a','future':{'x':1.10},'messages':["
                + "{'role':'assistant','content':[{'type':'thinking','thinking':'t'}]},"
                + "{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'sig'},"
                + "{'type':'redacted_thinking','data':'z'},{'type':'text','text':''},"
                + "{'type':'tool_use','id':'functions.Read:0','name':'Read','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'functions.Read:0',"
                + "'content':[{'type':'text','text':''},{'type':'text','text':'x'}]}]}]}");

        MessagesPassthrough.prepare(body, "b");

        JsonNode messages = body.path("messages");
        assertThat(messages).hasSize(2);
        assertThat(messages.path(0).path("content").findValuesAsText("type"))
                .containsExactly("thinking", "redacted_thinking", "tool_use");
        String id = messages.path(0).path("content").path(2).path("id").asText();
        assertThat(id).matches("[A-Za-z0-9_-]{1,64}");
        assertThat(messages.path(1).path("content").path(0).path("tool_use_id").asText())
                .isEqualTo(id);
        assertThat(messages.path(1).path("content").path(0).path("content")).hasSize(1);
        assertThat(Json.text(body)).startsWith("{\"model\":\"b\",\"future\":{\"x\":1.10}");
    }

    @ParameterizedTest
    @CsvSource({
        "Anthropic-Version, true",
        "anthropic-beta, true",
        "x-claude-code-session-id, true",
        "x-claude-code, false",
        "x-api-key, false",
        "Authorization, false",
        "cookie, false",
        "x-app, false",
        "host, false"
    })
    void passesHeadersThatSayHowToReadTheBody(String name, boolean passes) {
        assertThat(MessagesPassthrough.passes(name)).isEqualTo(passes);
    }

    @Test
    void leavesAloneWhatAnthropicMadeItself() {
        String text = "{'model':'m','messages':[{'role':'user','content':'q'},{'role':'assistant','content':["
                + "{'type':'server_tool_use','id':'srvtoolu_1','name':'web_search','input':{}},"
                + "{'type':'tool_use','id':'toolu_1','name':'f','input':{},'caller':{'type':'direct'}}]},"
                + "{'role':'user','content':''}]}";
        ObjectNode body = json(text);

        MessagesPassthrough.prepare(body, "m");

        assertThat(body).isEqualTo(json(text));
    }

    @Test
    void cleansRequestsMadeInProcessToo() {
        ChatRequest request = ChatRequest.builder("m")
                .system("s")
                .message(ChatMessage.user("q"))
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(
                                ContentBlock.thinking("unsigned", ""),
                                ContentBlock.toolUse(
                                        "call:1", "f", Map.of(), Map.of("extra_content", Map.of("g", 1))))))
                .message(new ChatMessage(Role.USER, List.of(ContentBlock.toolResult("call:1", ""))))
                .build();

        JsonNode messages = new MessagesDialect().encode(request, PLAIN).path("messages");

        assertThat(messages.path(1).path("content")).hasSize(1);
        assertThat(messages.path(1).path("content").path(0).fieldNames())
                .toIterable()
                .containsExactly("type", "id", "name", "input");
        assertThat(messages.path(2).path("content").path(0).path("content").asText("-"))
                .isEmpty();
    }

    @Test
    void keepsMarksOnInstructions() {
        ChatRequest request = MessagesRequestReader.read(
                json("{'model':'m','system':[{'type':'text','text':'s','cache_control':{'type':'ephemeral'}}],"
                        + "'messages':[{'role':'user','content':'x'}],'tools':[{'name':'t','input_schema':{'type':'object','properties':{}},"
                        + "'cache_control':{'type':'ephemeral'}},{'type':'web_search_20250305','name':'web_search',"
                        + "'max_uses':3}],'service_tier':'auto','top_k':3}"));

        ObjectNode body = Translate.reread(new MessagesDialect().encode(request, PLAIN));

        assertThat(body)
                .isEqualTo(json("{'model':'m','max_tokens':8192,'system':[{'type':'text','text':'s','cache_control':"
                        + "{'type':'ephemeral'}}],'messages':[{'role':'user','content':'x'}],'top_k':3,'tools':[{'name':'t','input_schema':"
                        + "{'type':'object','properties':{}},'cache_control':{'type':'ephemeral'}},"
                        + "{'type':'web_search_20250305','name':'web_search','max_uses':3}],'service_tier':'auto'}"));
    }

    @Test
    void readsParametersOfChat() {
        assertThat(withChat("'max_tokens':5,'max_completion_tokens':7,'temperature':1.7,'stop':['a',' '],"
                        + "'user':'u','seed':1,'logit_bias':{},'stream':true,'stream_options':{'include_usage':true},"
                        + "'metadata':{'a':'b'},'store':true,'n':1"))
                .isEqualTo(json("{'model':'m','max_tokens':7,'messages':[{'role':'user','content':'q'}],"
                        + "'temperature':1,'stop_sequences':['a'],'stream':true,"
                        + "'metadata':{'user_id':'u'}}"));
        assertThat(withChat("'safety_identifier':'s'")
                        .path("metadata")
                        .path("user_id")
                        .asText())
                .isEqualTo("s");
    }

    /** VQ1: Claude takes one of the two (router-for-me/CLIProxyAPI#1125); a default says nothing, and what is lost is named. */
    @ParameterizedTest
    @CsvSource({
        "'temperature':0.2;'top_p':0.9, 0.2, , top_p",
        "'temperature':0.2;'top_p':1, 0.2, , ",
        "'temperature':1;'top_p':0.9, , 0.9, ",
        "'temperature':1.6;'top_p':0.9, 1.0, , temperature top_p",
        "'temperature':1;'top_p':1, 1.0, , ",
        "'top_p':0.9, , 0.9, "
    })
    void sendsOneOfTemperatureAndTopP(
            String asked, @Nullable Double temperature, @Nullable Double topP, @Nullable String lost) {
        DroppedMembers dropped = new DroppedMembers("p");
        ObjectNode body = new MessagesDialect()
                .encode(
                        ChatRequestReader.read(json("{'model':'m','messages':[{'role':'user','content':'q'}],"
                                + asked.replace(';', ',') + "}")),
                        PLAIN,
                        dropped);

        assertThat(body.has("temperature") ? body.path("temperature").asDouble() : null)
                .isEqualTo(temperature);
        assertThat(body.has("top_p") ? body.path("top_p").asDouble() : null).isEqualTo(topP);
        assertThat(dropped.names()).isEqualTo(lost == null ? Set.of() : Set.of(lost.split(" ")));
    }

    @Test
    void refusesSeveralAnswers() {
        assertThatThrownBy(() -> withChat("'n':2"))
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith("n: ")
                .extracting(failure -> ((ProviderException) failure).status().orElse(0))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "nonsense", ""})
    void refusesBodiesThatAreNoObject(String body) {
        assertThatThrownBy(() -> Bodies.request(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void gathersInstructionsAndTurns() {
        assertThat(messages(
                        "{'role':'system','content':'a'},{'role':'user','content':'q'},{'role':'developer','content':"
                                + "[{'type':'text','text':'b'}]},{'role':'user','content':' '},{'role':'assistant','content':"
                                + "[{'type':'text','text':'x'}],'refusal':'no','reasoning_content':'t'},"
                                + "{'role':'assistant','content':'end \\n'}"))
                .isEqualTo(json("{'model':'m','max_tokens':8192,'system':'a\\n\\nb','messages':["
                        + "{'role':'user','content':'q'},{'role':'assistant','content':[{'type':'text','text':'x'},"
                        + "{'type':'text','text':'no'},{'type':'text','text':'end'}]}]}"));
    }

    @Test
    void readsPartsOfEveryKind() {
        assertThat(messages("{'role':'user','content':[{'type':'text','text':' '},"
                                + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,JVBE'}},"
                                + "{'type':'file','file':{'filename':'a.txt','file_data':'data:text/plain;base64,QQ=='}},{'type':'input_audio','input_audio':{'data':'A'}},"
                                + "{'type':'image_url','image_url':{'url':'data:image/png,raw'}}]}")
                        .path("messages")
                        .path(0)
                        .path("content"))
                .isEqualTo(Json.parse(("[{'type':'document','source':{'type':'base64','media_type':'application/pdf',"
                                + "'data':'JVBE'},'title':'a.pdf'},{'type':'document','source':{'type':'text','media_type':'text/plain','data':'A'},'title':'a.txt'},"
                                + "{'type':'text','text':'[input_audio omitted]'},"
                                + "{'type':'text','text':'[image omitted]'}]")
                        .replace('\'', '"')));
    }

    @Test
    void putsAnswersToCallsFirst() {
        JsonNode turns = messages("{'role':'assistant','content':'t','tool_calls':[{'id':'a.1','type':'function',"
                        + "'function':{'name':'f','arguments':'oops'}}]},{'role':'user','content':'meanwhile'},"
                        + "{'role':'tool','tool_call_id':'a.1','content':[{'type':'text','text':'r'}]},"
                        + "{'role':'user','content':'and'}")
                .path("messages");

        assertThat(turns).hasSize(2);
        assertThat(turns.path(0).path("content").findValuesAsText("type")).containsExactly("text", "tool_use");
        assertThat(turns.path(0).path("content").path(1).path("input")).isEqualTo(json("{'_raw_arguments':'oops'}"));
        assertThat(turns.path(1).path("content").findValuesAsText("type"))
                .containsExactly("tool_result", "text", "text");
        assertThat(turns.path(1).path("content").path(0).path("tool_use_id"))
                .isEqualTo(turns.path(0).path("content").path(1).path("id"));
        assertThat(turns.path(1).path("content").path(0).path("content").asText())
                .isEqualTo("r");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'tool_choice':'auto' | {} ",
                "'tool_choice':'auto','parallel_tool_calls':false | {'type':'auto','disable_parallel_tool_use':true}",
                "'parallel_tool_calls':false | {'type':'auto','disable_parallel_tool_use':true}",
                "'tool_choice':'required','parallel_tool_calls':false | {'type':'any','disable_parallel_tool_use':true}",
                "'tool_choice':'none','parallel_tool_calls':false | {'type':'none'}",
                "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':[{'type':'function',"
                        + "'function':{'name':'f'}}]}} | {'type':'any'}"
            })
    void readsTheChoice(String members, String choice) {
        ObjectNode body = withChat("'tools':[{'type':'function','function':{'name':'f','strict':true,'parameters':{}}},"
                + "{'type':'function','function':{'name':'g','strict':false,'description':''}},"
                + "{'type':'custom','custom':{'name':'c'}}]," + members);
        boolean limited = members.contains("allowed_tools");

        assertThat(body.path("tool_choice").isMissingNode() ? Json.object() : body.path("tool_choice"))
                .isEqualTo(json(choice));
        assertThat(body.path("tools")).hasSize(limited ? 1 : 3);
        assertThat(body.path("tools").path(0))
                .isEqualTo(json("{'name':'f','input_schema':{'type':'object','properties':{}},'strict':true}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "minimal | low medium high | {'output_config':{'effort':'low'}}",
                "xhigh | default | {'output_config':{'effort':'xhigh'}}",
                "xhigh | low medium high | {'output_config':{'effort':'high'}}",
                "ultra | default | {'output_config':{'effort':'max'}}",
                "none | default | {'thinking':{'type':'disabled'}}"
            })
    void asksForEffort(String effort, String efforts, String expected) {
        Quirks quirks = efforts.equals("default") ? PLAIN : PLAIN.with("efforts", List.of(efforts.split(" ")));

        ObjectNode body = chatToMessages(
                "{'model':'m','messages':[{'role':'user','content':'x'}],'max_tokens':9,'reasoning_effort':'" + effort
                        + "'}",
                quirks);

        body.remove(List.of("model", "messages", "max_tokens"));
        assertThat(body).isEqualTo(json(expected));
    }

    @Test
    void givesABudgetToModelsThatKnowNoEffort() {
        assertThat(chatToMessages(
                        "{'model':'m','messages':[{'role':'user','content':'x'}],'max_tokens':100,'temperature':0.5,'reasoning_effort':'medium',"
                                + "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':'required'}",
                        PLAIN.with("efforts", List.of())))
                .isEqualTo(json(
                        "{'model':'m','max_tokens':8292,'messages':[{'role':'user','content':'x'}],'thinking':{'type':'enabled',"
                                + "'budget_tokens':8192},'tools':[{'name':'f','input_schema':{'type':'object',"
                                + "'properties':{}}}]}"));
    }

    /** VQ6: whoever asked for the thinking (coder/aibridge#78). */
    @Test
    void forcesNoToolOnAModelThatThinks() {
        DroppedMembers dropped = new DroppedMembers("p");
        ObjectNode body = new MessagesDialect()
                .encode(
                        ChatRequestReader.read(json("{'model':'m','messages':[{'role':'user','content':'x'}],"
                                + "'thinking':{'type':'enabled','budget_tokens':2000},'tools':[{'type':'function',"
                                + "'function':{'name':'f'}}],'tool_choice':'required'}")),
                        PLAIN,
                        dropped);

        assertThat(body.path("thinking").path("budget_tokens").asInt()).isEqualTo(2000);
        assertThat(body.has("tool_choice")).isFalse();
        assertThat(dropped.names()).containsExactly("tool_choice");
    }

    @Test
    void asksInWordsForAnyJsonObject() {
        ObjectNode body = withChat("'response_format':{'type':'json_object'}");

        assertThat(body.path("system").asText()).isEqualTo("Answer with one JSON object and nothing else.");
        assertThat(body.has("output_config")).isFalse();
    }

    @Test
    void closesEveryObjectOfASchemaThatIsNotStrict() {
        String schema = "{'type':'object','properties':{'p':{'type':'object','properties':{'additionalProperties':"
                + "{'type':'string'}}},'l':{'type':'array','items':{'type':['object','null']}}}}";

        JsonNode closed = withChat(
                        "'response_format':{'type':'json_schema','json_schema':{'name':'x','schema':" + schema + "}}")
                .at("/output_config/format/schema");
        JsonNode kept = withChat(
                        "'response_format':{'type':'json_schema','json_schema':{'name':'x','strict':true,'schema':"
                                + schema + "}}")
                .at("/output_config/format/schema");

        assertThat(closed.at("/additionalProperties").asText()).isEqualTo("false");
        assertThat(closed.at("/properties/p/additionalProperties").asText()).isEqualTo("false");
        assertThat(closed.at("/properties/l/items/additionalProperties").asText())
                .isEqualTo("false");
        assertThat(closed.at("/properties/p/properties/additionalProperties")).isEqualTo(json("{'type':'string'}"));
        assertThat(kept).isEqualTo(json(schema));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oneOf", "anyOf", "allOf"})
    void bringsACombinationAtTheTopOfASchemaIntoAnObject(String combinator) {
        JsonNode schema = withChat("'tools':[{'type':'function','function':{'name':'f','parameters':{'" + combinator
                        + "':[{'properties':{'a':{'type':'string'}},'required':['a']},{'properties':{'b':{'type':"
                        + "'string'}},'required':['a','b']}]}}}]")
                .at("/tools/0/input_schema");

        assertThat(schema.has(combinator)).isFalse();
        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.path("properties").fieldNames()).toIterable().containsExactly("a", "b");
        assertThat(schema.path("required")).hasSize(combinator.equals("allOf") ? 2 : 1);
        assertThat(schema.path("description").asText()).contains(combinator);
    }

    @Test
    void takesTheModelsLimitWhereNobodyAskedForOne() {
        String request = "{'model':'m','messages':[{'role':'user','content':'q'}]}";

        assertThat(chatToMessages(request, PLAIN.with("maxOutputTokens", 64000))
                        .path("max_tokens")
                        .asInt())
                .isEqualTo(32000);
        assertThat(chatToMessages(request, PLAIN.with("maxOutputTokens", 4096))
                        .path("max_tokens")
                        .asInt())
                .isEqualTo(4096);
        assertThat(chatToMessages(request, PLAIN).path("max_tokens").asInt()).isEqualTo(8192);
    }

    @Test
    void readsTheFunctionsOfOldClients() {
        ObjectNode body =
                withChat("'functions':[{'name':'w','parameters':{'type':'object'}}],'function_call':{'name':'w'}");
        JsonNode turns = messages("{'role':'user','content':'q'},{'role':'assistant','content':null,'function_call':"
                        + "{'name':'w','arguments':'{}'}},{'role':'function','name':'w','content':'rain'}")
                .path("messages");

        assertThat(body.at("/tools/0/name").asText()).isEqualTo("w");
        assertThat(body.path("tool_choice")).isEqualTo(json("{'type':'tool','name':'w'}"));
        assertThat(turns.at("/1/content/0/type").asText()).isEqualTo("tool_use");
        assertThat(turns.at("/2/content/0/tool_use_id")).isEqualTo(turns.at("/1/content/0/id"));
        assertThat(turns.at("/2/content/0/content").asText()).isEqualTo("rain");
    }

    @Test
    void readsTheShapesThatCursorMixesIn() {
        ObjectNode body = chatToMessages(
                "{'model':'m','messages':[{'role':'user','content':'q'},{'role':'assistant','content':[{'type':'tool_use',"
                        + "'id':'c','name':'f','input':{'x':1}}]},{'role':'user','content':[{'type':'tool_result',"
                        + "'tool_use_id':'c','content':'r'},{'type':'image','source':{'type':'base64','media_type':"
                        + "'image/png','data':'QQ=='}}]}],'tools':[{'name':'f','input_schema':{'type':'object'}},"
                        + "{'type':'function','name':'flat','parameters':{}},{'type':'custom','name':'free'}],"
                        + "'tool_choice':{'type':'tool','name':'f'}}",
                PLAIN);

        assertThat(body.at("/messages/1/content/0/input")).isEqualTo(json("{'x':1}"));
        assertThat(body.at("/messages/2/content/1/type").asText()).isEqualTo("image");
        assertThat(body.path("tools").findValuesAsText("name")).containsExactly("f", "flat", "free");
        assertThat(body.at("/tools/2/input_schema/required/0").asText()).isEqualTo("input");
        assertThat(body.path("tool_choice")).isEqualTo(json("{'type':'tool','name':'f'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'tools':[{'kind':'x'}],'messages':[{'role':'user','content':'x'}] | kind",
                "'modalities':['text','audio'],'messages':[{'role':'user','content':'x'}] | modalities",
                "'input':'hi' | responses",
                "'messages':[{'role':'user','content':[{'type':'file','file':{'file_id':'file-1'}}]}] | file-1",
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'file_id':'file-1'}}]}] | file-1"
            })
    void refusesWhatItCannotTell(String members, String named) {
        assertThatThrownBy(() -> chatToMessages("{'model':'m'," + members + "}", PLAIN))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(named);
    }

    @Test
    void keepsCacheMarksWhereTheyStandAndAddsNone() {
        String mark = "'cache_control':{'type':'ephemeral'}";
        ObjectNode body = chatToMessages(
                "{'model':'m','messages':[{'role':'system','content':[{'type':'text','text':'s'," + mark + "}]},"
                        + "{'role':'user','content':[{'type':'text','text':'q'," + mark + "}]},"
                        + "{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f'}}]},"
                        + "{'role':'tool','tool_call_id':'c','content':'r'," + mark + "}],"
                        + "'tools':[{'type':'function','function':{'name':'f'}," + mark + "}]}",
                PLAIN.with("cacheControl", "strip"));

        assertThat(body.findValues("cache_control")).hasSize(4);
        assertThat(body.at("/system/0").has("cache_control")).isTrue();
        assertThat(body.at("/messages/0/content/0").has("cache_control")).isTrue();
        assertThat(body.at("/messages/2/content/0").has("cache_control")).isTrue();
        assertThat(body.at("/tools/0").has("cache_control")).isTrue();
    }

    /** VQ7: Anthropic refuses a fifth mark. */
    @Test
    void keepsNoMoreThanFourCacheMarks() {
        String mark = "'cache_control':{'type':'ephemeral'}";
        String turn = "{'role':'user','content':[{'type':'text','text':'q'," + mark + "}]},"
                + "{'role':'assistant','content':[{'type':'text','text':'a'," + mark + "}]},";
        ObjectNode body = chatToMessages(
                "{'model':'m','messages':[{'role':'system','content':[{'type':'text','text':'s'," + mark + "}]}," + turn
                        + turn + "{'role':'user','content':[{'type':'text','text':'end'," + mark + "}]}],"
                        + "'tools':[{'type':'function','function':{'name':'f'}," + mark + "}]}",
                PLAIN);

        assertThat(body.findValues("cache_control")).hasSize(4);
        assertThat(body.at("/system/0").has("cache_control")).isTrue();
        assertThat(body.at("/messages/4/content/0").has("cache_control")).isTrue();
        assertThat(body.at("/messages/3/content/0").has("cache_control")).isTrue();
        assertThat(body.at("/messages/2/content/0").has("cache_control")).isTrue();
    }

    /** VQ7 for Codex and its like: the same marks as for a chat client, and never more than four. */
    @Test
    void marksThePromptOfAnAgentOfResponsesForTheCache() {
        StringBuilder loop = new StringBuilder("{'type':'message','role':'developer','content':'s'},"
                + "{'type':'message','role':'user','content':'q'}");
        for (int i = 0; i < 5; i++) {
            loop.append(",{'type':'function_call','call_id':'c")
                    .append(i)
                    .append("','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c")
                    .append(i)
                    .append("','output':'r'}");
        }
        ChatRequest request = ResponsesRequestReader.read(
                        json("{'model':'m','input':[" + loop + "],'tools':[{'type':'function','name':'f'}]}"))
                .request();
        ObjectNode body = new MessagesDialect().encode(request, PLAIN);

        assertThat(body.at("/system/0").has("cache_control")).isTrue();
        assertThat(body.findValues("cache_control")).hasSize(3);
        assertThat(body.at("/messages/10/content/0").has("cache_control")).isTrue();
        assertThat(body.at("/messages/8/content/0").has("cache_control")).isTrue();
    }

    @Test
    void marksThePromptOfAnAgentForTheCache() {
        String loop = "{'model':'m','messages':[{'role':'system','content':'s'},{'role':'user','content':'q'},"
                + "{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f'}}]},"
                + "{'role':'tool','tool_call_id':'c','content':'r'}],'tools':[{'type':'function','function':{'name':'f'}}]}";

        ObjectNode body = chatToMessages(loop, PLAIN);

        assertThat(body.at("/system/0/cache_control/type").asText()).isEqualTo("ephemeral");
        assertThat(body.at("/messages/0/content/0").has("cache_control")).isTrue();
        assertThat(body.at("/messages/2/content/0").has("cache_control")).isTrue();
        assertThat(chatToMessages(loop, PLAIN.with("cacheControl", "strip")).findValue("cache_control"))
                .isNull();
        assertThat(withChat("'tools':[{'type':'function','function':{'name':'f'}}]")
                        .findValue("cache_control"))
                .isNull();
    }

    @Test
    void doesNotThinkOnWhereTheLastCallsHaveNoProof() {
        String calls = "{'model':'m','reasoning_effort':'high','messages':[{'role':'user','content':'q'},"
                + "{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f'}}]},"
                + "{'role':'tool','tool_call_id':'c','content':'r'}%s],'tools':[{'type':'function','function':{'name':'f'}}],"
                + "'tool_choice':'required','temperature':0.5}";
        Quirks budgets = PLAIN.with("efforts", List.of());

        ObjectNode unproved = chatToMessages(calls.formatted(""), budgets);

        assertThat(unproved.has("thinking")).isFalse();
        assertThat(unproved.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(unproved.at("/tool_choice/type").asText()).isEqualTo("any");
        assertThat(chatToMessages(
                                calls.formatted(",{'role':'assistant','content':'done'},{'role':'user','content':'n'}"),
                                budgets)
                        .has("thinking"))
                .isTrue();
    }

    @Test
    void answersEveryCallAndKeepsResultsOfUnknownOnesAsText() {
        JsonNode turns = messages(
                        "{'role':'user','content':'q'},{'role':'assistant','tool_calls':[{'id':'a','type':'function',"
                                + "'function':{'name':'f'}},{'id':'b','type':'function','function':{'name':'f'}}]},"
                                + "{'role':'tool','tool_call_id':'a','content':'r'},{'role':'tool','tool_call_id':'x','content':'lost'}")
                .path("messages");

        assertThat(turns).hasSize(3);
        assertThat(turns.path(2).path("content").findValuesAsText("tool_use_id"))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(turns.path(2).toString()).contains("unknown call x", "lost", "no result was recorded");
    }

    @Test
    void namesWhatHasNoCounterpart() {
        DroppedMembers dropped = new DroppedMembers("acme");
        ChatRequestReader.read(
                json(
                        "{'model':'m','messages':[{'role':'user','content':'x'}],'seed':7,'logit_bias':{'1':2},'frequency_penalty':0,'presence_penalty':0.5,"
                                + "'logprobs':false,'prediction':null,'store':true,'metadata':{'a':'b'},'service_tier':'auto',"
                                + "'stream_options':{'include_usage':true},'made_up':1}"),
                dropped);

        assertThat(dropped.names())
                .containsExactlyInAnyOrder("store", "seed", "logit_bias", "presence_penalty", "made_up");
    }

    private static ObjectNode withChat(String members) {
        return chatToMessages("{'model':'m','messages':[{'role':'user','content':'q'}]," + members + "}", PLAIN);
    }

    private static ObjectNode messages(String messages) {
        return chatToMessages("{'model':'m','messages':[" + messages + "]}", PLAIN);
    }

    /** T2: what a tool gave that is neither text nor blocks is JSON, and its own text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"42 | 42", "true | true", "{'k':'v'} | {'k':'v'}", "{'type':'text','text':'t'} | t"})
    void keepsAResultOfAnyJson(String content, String sent) {
        assertThat(Translate.chatMessages(
                                "[{'role':'user','content':'q'},{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}}]},"
                                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':"
                                        + content
                                        + "}]}]",
                                Quirks.none())
                        .path(2)
                        .path("content")
                        .asText())
                .isEqualTo(sent.replace('\'', '"'));
    }
}
