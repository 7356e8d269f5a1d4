package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as clients were seen to send them, each with what the upstream has to get. */
class ReportedRequestTest {

    /** Members of a request; a place in what the upstream gets; what stands there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // How hard to think, how much to say, how closely to look.
                "chat | openai-responses | 'messages':[{'role':'user','content':'q'}],'verbosity':'low' | /text/verbosity | 'low'",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'verbosity':'low' | /verbosity | ",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'reasoning':{'effort':'high'} | /output_config/effort | 'high'",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'reasoning':{'max_tokens':2000} | /thinking/budget_tokens | 2000",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'reasoning':{'enabled':false} | /thinking/type | 'disabled'",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'thinking':{'type':'enabled','budget_tokens':2000} | /thinking | {'type':'enabled','budget_tokens':2000}",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'thinking':{'type':'enabled'} | /thinking | {'type':'adaptive'}",
                "chat | openai-responses | 'messages':[{'role':'user','content':'q'}],'thinking':{'type':'enabled'} | /reasoning/summary | 'auto'",
                "chat | openai-responses | 'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://a.org/i','detail':'low'}}]}] | /input/0/content/0/detail | 'low'",
                "responses | openai-chat | 'input':[{'role':'user','content':[{'type':'input_image','image_url':'https://a.org/i','detail':'high'}]}] | /messages/0/content/0/image_url/detail | 'high'",
                "responses | anthropic-messages | 'input':[{'role':'user','content':[{'type':'input_image','image_url':'https://a.org/i','detail':'high'}]}] | /messages/0/content/0/detail | ",
                // Files.
                "chat | anthropic-messages | 'messages':[{'role':'user','content':[{'type':'file','file':{'filename':'a.pdf','file_data':'JVBE'}}]}] | /messages/0/content/0/source/data | 'JVBE'",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':[{'type':'file','file':{'filename':'a.pdf','file_data':'https://a.org/a.pdf'}}]}] | /messages/0/content/0/source/url | 'https://a.org/a.pdf'",
                "responses | anthropic-messages | 'input':[{'role':'user','content':[{'type':'input_file','filename':'a.txt','file_data':'data:text/plain;base64,aGVsbG8='}]}] | /messages/0/content/0/source | {'type':'text','media_type':'text/plain','data':'hello'}",
                "responses | openai-chat | 'input':[{'role':'user','content':[{'type':'input_file','filename':'a.csv','file_data':'data:text/csv;base64,YSxi'}]}] | /messages/0/content | 'a.csv\\na,b'",
                "responses | anthropic-messages | 'input':[{'role':'user','content':[{'type':'input_file','filename':'a.zip','file_data':'data:application/zip;base64,UEs='}]}] | /messages/0/content | '[file a.zip omitted]'",
                // Base64 in lines, as MIME has it.
                "chat | anthropic-messages | 'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo\\nAAAA\\r\\n'}}]}] | /messages/0/content/0/source/data | 'iVBORw0KGgoAAAA'",
                "messages | openai-chat | 'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBO\\nRw0K'}}]}] | /messages/0/content/0/image_url/url | 'data:image/png;base64,iVBORw0K'",
                "responses | anthropic-messages | 'input':[{'role':'user','content':[{'type':'input_file','filename':'a.pdf','file_data':'JVBE\\nJVBE'}]}] | /messages/0/content/0/source/data | 'JVBEJVBE'",
                // Servers that check what was said before against OpenAI's own types (openai/codex#12669,
                // sub2api#6247).
                "chat | openai-responses | 'messages':[{'role':'user','content':'q'},{'role':'assistant','content':'a'},{'role':'user','content':'r'}] | /input/1 | {'type':'message','role':'assistant','id':'msg_1','status':'completed','content':[{'type':'output_text','text':'a','annotations':[]}]}",
                // Results that are no text.
                "responses | openai-chat | 'input':[{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c','output':42}] | /messages/1/content | '42'",
                "responses | openai-chat | 'input':[{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c','output':[1,{'x':1}]}] | /messages/1/content | '[1,{\\\"x\\\":1}]'",
                "chat | anthropic-messages | 'messages':[{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c','content':{'a':1}}] | /messages/1/content/0/content | '{\\\"a\\\":1}'",
                // Tools in the shape of the other dialect.
                "responses | openai-chat | 'input':'q','tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}],'tool_choice':{'type':'function','function':{'name':'f'}} | /tools/0/function/name | 'f'",
                "responses | openai-chat | 'input':'q','tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}],'tool_choice':{'type':'function','function':{'name':'f'}} | /tool_choice/function/name | 'f'",
                "responses | openai-chat | 'input':'q','tools':[{'name':'f','parameters':{'type':'object'}}] | /tools/0/function/name | 'f'",
                "messages | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'output_config':{'task_budget':{'total':9}} | /output_config/task_budget/total | 9",
                // A greeting that the assistant began with: Anthropic takes no conversation that the user did not
                // begin.
                "chat | anthropic-messages | 'messages':[{'role':'assistant','content':'Hi!'},{'role':'user','content':'q'}] | /messages/0/role | 'user'",
                "chat | anthropic-messages | 'messages':[{'role':'assistant','content':'Hi!'},{'role':'user','content':'q'}] | /messages/1/content | 'Hi!'",
                // Values of another kind than the dialect has.
                "chat | anthropic-messages | 'messages':[{'role':'user','content':42}] | /messages/0/content | '42'",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'temperature':'0.5' | /temperature | 0.5",
                "responses | openai-chat | 'input':'q','max_output_tokens':'100' | /max_tokens | 100",
                // Thinking that its provider proved comes back.
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'},{'role':'assistant','thinking_blocks':[{'type':'thinking','thinking':'hm','signature':'s'}],'content':'a'},{'role':'user','content':'r'}] | /messages/1/content/0/signature | 's'",
                // Bounds that Anthropic's grammar does not know, where a schema is compiled into one (laravel/ai#715,
                // litellm#20813).
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'response_format':{'type':'json_schema','json_schema':{'name':'x','strict':true,'schema':{'type':'object','properties':{'s':{'type':'string','minLength':3}},'required':['s'],'additionalProperties':false}}} | /output_config/format/schema/properties/s | {'type':'string','description':'Must satisfy minLength: 3.'}",
                "responses | anthropic-messages | 'input':'q','text':{'format':{'type':'json_schema','name':'x','strict':true,'schema':{'type':'object','properties':{'n':{'type':'integer','maximum':5}},'required':['n'],'additionalProperties':false}}} | /output_config/format/schema/properties/n | {'type':'integer','description':'Must satisfy maximum: 5.'}",
                "responses | anthropic-messages | 'input':'q','tools':[{'type':'function','name':'f','strict':true,'parameters':{'type':'object','properties':{'n':{'type':'integer','maximum':5}},'required':['n'],'additionalProperties':false}}] | /tools/0/input_schema/properties/n | {'type':'integer','description':'Must satisfy maximum: 5.'}",
                "responses | anthropic-messages | 'input':'q','tools':[{'type':'function','name':'f','strict':false,'parameters':{'type':'object','properties':{'n':{'type':'integer','maximum':5}}}}] | /tools/0/input_schema/properties/n | {'type':'integer','maximum':5}",
                // Instructions alone: a Responses server wants some input.
                "chat | openai-responses | 'messages':[{'role':'system','content':'do it'}] | /input | [{'type':'message','role':'user','content':[{'type':'input_text','text':'do it'}]}]",
                "chat | openai-responses | 'messages':[{'role':'system','content':'do it'}] | /instructions | ",
                // A budget for thinking that leaves nothing for the answer (antigravity2api#149).
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'reasoning':{'max_tokens':4000},'max_tokens':1000 | /max_tokens | 5000",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'reasoning':{'max_tokens':20000} | /max_tokens | 28192",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'reasoning':{'max_tokens':500} | /thinking/budget_tokens | 1024",
                // A compaction is all that is left of what was said before.
                "messages | openai-chat | 'messages':[{'role':'user','content':'q'},{'role':'assistant','content':[{'type':'compaction','content':'They like tea.'}]},{'role':'user','content':'r'}] | /messages/1/content | 'They like tea.'",
                // Labels for a gateway (LiteLLM, Langfuse): OpenAI takes texts alone, and refuses the whole request
                // otherwise.
                "chat | openai-responses | 'messages':[{'role':'user','content':'q'}],'metadata':{'tags':['a'],'trace':{'id':1}} | /metadata | ",
                "chat | openai-responses | 'messages':[{'role':'user','content':'q'}],'metadata':{'k':'v'} | /metadata | {'k':'v'}",
            })
    void sendsWhatTheClientMeant(String client, String upstream, String members, String place, String expected) {
        JsonNode sent = sent(client, upstream, members, new DroppedMembers("p"));

        assertThat(sent.at(place).isMissingNode() ? "" : Json.text(sent.at(place)))
                .isEqualTo(expected == null ? "" : Json.text(Json.parse(expected.replace('\'', '"'))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "chat | anthropic-messages | 'messages':[{'role':'user','name':'bob','content':'q'}] | messages.name",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'},{'role':'assistant','audio':{'id':'a'}},{'role':'user','content':'r'}] | messages.audio",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'web_search_options':{} | web_search_options",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'response_format':{'type':'grammar','grammar':'g'} | response_format",
                "chat | anthropic-messages | 'messages':[{'role':'user','content':'q'}],'verbosity':'low' | verbosity",
                "responses | anthropic-messages | 'input':'q','text':{'verbosity':'low'} | text.verbosity",
                "chat | openai-responses | 'messages':[{'role':'user','content':'q'}],'response_format':{'type':'json_schema','json_schema':{'name':'x'}} | response_format",
                "responses | anthropic-messages | 'input':[{'role':'user','content':[{'type':'input_text','text':'q'},{'type':'input_audio','input_audio':{'data':'A'}}]}] | input.content.input_audio",
                "messages | openai-chat | 'messages':[{'role':'user','content':'q'}],'output_config':{'task_budget':{'type':'tokens','total':9}} | output_config.task_budget",
            })
    void namesWhatItCannotSend(String client, String upstream, String members, String name) {
        DroppedMembers dropped = new DroppedMembers("p");
        sent(client, upstream, members, dropped);

        assertThat(dropped.names()).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'input':'q','instructions':[{'role':'system','content':'x'}] | instructions: must be a text",
                "'input':[{'role':'tool','tool_call_id':'c','content':'r'}] | input[0].role: must be user, assistant, system or developer, not 'tool'",
                "'input':'q','tools':[{'type':'function','parameters':{}}] | tools: a function has no name",
                "'input':'q','tools':[{'description':'x'}] | tools: a tool has no type",
                "'input':[{'role':'user','content':[{'type':'input_image','image_url':null}]}] | input_image: there is neither a URL nor data in it",
            })
    void refusesWhatWouldBeLost(String members, String complaint) {
        assertThatThrownBy(() -> sent("responses", "openai-chat", members, new DroppedMembers("p")))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(complaint);
    }

    private static JsonNode sent(String client, String upstream, String members, DroppedMembers dropped) {
        ObjectNode body = Translate.json("{'model':'m'," + members + "}");
        ChatRequest request = switch (client) {
            case "chat" -> ChatRequestReader.read(body, dropped);
            case "responses" ->
                ResponsesRequestReader.read(body, id -> Optional.empty(), dropped)
                        .request();
            default -> MessagesRequestReader.read(body);
        };
        return Translate.reread(Dialects.find(upstream).orElseThrow().encode(request, Quirks.none(), dropped));
    }
}
