package dev.patchbay.codec;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.chat.ChatRequestReader;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.codec.responses.ResponsesDialect;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** M2, M6, M6a and K3: nothing is lost in silence. */
class DroppedMembersTest {

    private static final String SEARCH = "{'type':'web_search_20250305','name':'web_search'}";
    private static final String FIND = "{'name':'find','input_schema':{'type':'object'}}";

    @Test
    void namesWhatCanChangeTheAnswerButNotWhatEveryTurnCarries() {
        assertThat(dropped(
                                "'top_k':5,'service_tier':'auto','context_management':{},'mcp_servers':[],'speed':'fast',"
                                        + "'thinking':{'type':'adaptive'},'output_config':{'effort':'high'},'made_up':1,"
                                        + "'stop_sequences':['a','b','c','d','e']",
                                Quirks.none())
                        .names())
                .containsExactlyInAnyOrder(
                        "top_k",
                        "context_management",
                        "mcp_servers",
                        "speed",
                        "thinking",
                        "output_config.effort",
                        "made_up",
                        "stop_sequences");
    }

    /** OpenAI's own default, which some clients write out. */
    @Test
    void namesNoStoreThatNobodyWants() {
        DroppedMembers dropped = new DroppedMembers("acme");

        ChatRequestReader.read(
                json("{'model':'m','store':false,'messages':[{'role':'user','content':'go'}]}"), dropped);

        assertThat(dropped.names()).isEmpty();
    }

    @Test
    void namesNothingThatIsSent() {
        Quirks quirks = Quirks.of(Map.of("reasoning", "reasoning_effort", "extra", List.of("top_k"), "stop", 5));

        assertThat(dropped(
                                "'top_k':5,'temperature':1,'output_config':{'effort':'high'},'stop_sequences':['a','b','c','d','e',' ']",
                                quirks)
                        .names())
                .isEmpty();
    }

    @Test
    void namesWhatTheProvidersFileRemoves() {
        Quirks quirks = Quirks.of(Map.of("drop", List.of("temperature", "stop")));

        assertThat(dropped("'temperature':0.5", quirks).names()).containsExactly("temperature");
    }

    @Test
    void warnsOfToolsThatRunAtAnthropicAndOfBlocksNobodyKnows() {
        DroppedMembers dropped = dropped(
                "'tools':[" + SEARCH + "," + FIND + "],'messages':[{'role':'user','content':[{'type':'hologram'},"
                        + "{'type':'text','text':'x'}]}]",
                Quirks.none());

        assertThat(dropped.names()).containsExactly("tools.web_search", "messages.content.hologram");
        assertThat(dropped.warnings()).hasSize(2).allMatch(warning -> warning.contains("'acme'"));
    }

    @Test
    void refusesARequestWhoseOnlyToolCannotBeOffered() {
        assertThatThrownBy(() -> dropped(
                        "'tools':[" + SEARCH + "],'tool_choice':{'type':'tool','name':'web_search'}", Quirks.none()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("web_search")
                .hasMessageContaining("acme");
    }

    @Test
    void answersWithoutTheToolWhereItWasNotNamedOrIsNotAlone() {
        assertThat(dropped("'tools':[" + SEARCH + "],'tool_choice':{'type':'any'}", Quirks.none())
                        .names())
                .containsExactly("tools.web_search");
        assertThat(dropped(
                                "'tools':[" + SEARCH + "," + FIND
                                        + "],'tool_choice':{'type':'tool','name':'web_search'}",
                                Quirks.none())
                        .names())
                .containsExactly("tools.web_search", "tool_choice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'tool_choice':{'type':'hologram'} | tool_choice",
                "'tools':[{'name':'find'}],'tool_choice':{'type':'tool','name':'lost'} | tool_choice",
                "'thinking':{'type':'hologram'} | thinking",
                "'output_config':{'format':{'type':'grammar'}} | output_config.format",
                "'inference_geo':'eu' | inference_geo",
                "'tools':[{'name':'find','input_examples':[{}]}] | tools.input_examples",
                "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'file','file_id':'f'}}]}] | messages.content.image",
                "'messages':[{'role':'user','content':[{'type':'document','source':{'type':'url','url':'https://e.org'}}]}]"
                        + " | messages.content.document",
                "'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{}}]},{'role':'user',"
                        + "'content':[{'type':'tool_result','tool_use_id':'t','content':[{'type':'hologram'},"
                        + "{'type':'tool_reference','tool_name':'f'}]}]}] | messages.content.hologram"
            })
    void namesWhatOfAMessagesRequestIsOnlyNotedOrOfNoKnownType(String members, String name) {
        assertThat(dropped(members, Quirks.none()).names()).containsExactly(name);
    }

    @Test
    void namesASchemaThatTheUpstreamCannotBeTold() {
        Quirks quirks = Quirks.of(Map.of("structuredOutput", "json_object"));

        assertThat(dropped("'output_config':{'format':{'type':'json_schema','schema':{}}}", quirks)
                        .names())
                .containsExactly("output_config.format.schema");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'tool_choice':'hologram','tools':[{'type':'function','function':{'name':'f'}}] | tool_choice",
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:broken'}}]}]"
                        + " | messages.content.image_url",
                "'messages':[{'role':'user','content':[{'type':'file','file':{'file_data':'data:application/zip;base64,AA=='}}]}]"
                        + " | messages.content.file",
                "'messages':[{'role':'assistant','content':'a','tool_calls':[{'id':'c','type':'hologram'}]}] | messages.tool_calls",
                "'store':true,'metadata':{'a':'b'} | store"
            })
    void namesWhatOfAChatRequestIsOnlyNotedOrOfNoKnownType(String members, String name) {
        DroppedMembers dropped = new DroppedMembers("acme");
        String messages = members.contains("'messages'") ? "" : ",'messages':[{'role':'user','content':'go'}]";

        ChatRequestReader.read(json("{'model':'m'," + members + messages + "}"), dropped);

        assertThat(dropped.names()).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'include':['message.output_text.logprobs'] | include.message.output_text.logprobs",
                "'text':{'format':{'type':'grammar'}} | text.format",
                "'tools':[{'name':'f','parameters':{}}],'tool_choice':{'type':'function','name':'lost'} | tool_choice",
                "'input':[{'role':'user','content':[{'type':'input_file','filename':'a','file_data':'data:application/zip;base64,AA=='}]}]"
                        + " | input.content.input_file"
            })
    void namesWhatOfAResponsesRequestIsOnlyNotedOrOfNoKnownType(String members, String name) {
        DroppedMembers dropped = new DroppedMembers("acme");
        String input = members.contains("'input'") ? "" : ",'input':'go'";

        ResponsesRequestReader.read(json("{'model':'m'," + members + input + "}"), id -> Optional.empty(), dropped);

        assertThat(dropped.names()).containsExactly(name);
    }

    private static DroppedMembers dropped(String members, Quirks quirks) {
        String messages = members.contains("'messages'") ? "" : ",'messages':[{'role':'user','content':'go'}]";
        DroppedMembers dropped = new DroppedMembers("acme");
        new ChatDialect()
                .encode(MessagesRequestReader.read(json("{'model':'m'," + members + messages + "}")), quirks, dropped);
        return dropped;
    }

    /** M6: a client looks for the name that it wrote. */
    @Test
    void areNamedInTheDialectOfTheClient() {
        assertThat(chat("'stop':['a','b','c','d','e'],'reasoning_effort':'high'", new ChatDialect()))
                .containsExactlyInAnyOrder("stop", "reasoning_effort");
        assertThat(chat("'stop':['a']", new ResponsesDialect())).containsExactly("stop");
        assertThat(responses("'reasoning':{'effort':'high'},'text':{'verbosity':'low'}"))
                .containsExactlyInAnyOrder("reasoning.effort", "text.verbosity");
        assertThat(responses(
                        "'input':[{'role':'user','content':[{'type':'input_text','text':'x'},{'type':'input_file','filename':'a.pdf',"
                                + "'file_data':'data:application/pdf;base64,AA=='}]}]"))
                .containsExactly("input.content.input_file");
    }

    /** M4: a level that the model does not have, and thinking that it cannot leave. */
    @Test
    void tellOfALevelThatWasChanged() {
        assertThat(chat("'reasoning_effort':'xhigh'", new ResponsesDialect())).containsExactly("reasoning_effort");
        assertThat(chat("'reasoning_effort':'none'", new ResponsesDialect())).containsExactly("reasoning_effort");
        assertThat(chat("'reasoning_effort':'ultra'", new ResponsesDialect())).containsExactly("reasoning_effort");
        assertThat(chat("'reasoning_effort':'low'", new ResponsesDialect())).isEmpty();
    }

    /** K6: a tool that cannot be offered is not forced, beside others or without any. */
    @Test
    void tellOfAToolThatCouldNotBeForced() {
        assertThat(
                        responses(
                                "'tools':[{'type':'web_search'},{'type':'function','name':'f'}],'tool_choice':{'type':'web_search'}"))
                .contains("tool_choice");
        assertThat(responses("'tool_choice':{'type':'function','name':'nope'}")).contains("tool_choice");
        DroppedMembers dropped = new DroppedMembers("p");
        new ChatDialect()
                .encode(
                        MessagesRequestReader.read(
                                json("{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}],"
                                        + "'tools':[{'type':'text_editor_20250728','name':'str_replace_based_edit_tool'},"
                                        + "{'name':'f','input_schema':{'type':'object'}}],"
                                        + "'tool_choice':{'type':'tool','name':'str_replace_based_edit_tool'}}")),
                        Quirks.none(),
                        dropped);
        assertThat(dropped.names()).contains("tool_choice");
    }

    private static Set<String> chat(String members, WireDialect upstream) {
        DroppedMembers dropped = new DroppedMembers("p");
        upstream.encode(
                ChatRequestReader.read(
                        json("{'model':'m','messages':[{'role':'user','content':'x'}]," + members + "}"), dropped),
                Quirks.none(),
                dropped);
        return dropped.names();
    }

    private static Set<String> responses(String members) {
        DroppedMembers dropped = new DroppedMembers("p");
        String input = members.contains("'input'") ? "" : "'input':'x',";
        new ChatDialect()
                .encode(
                        ResponsesRequestReader.read(
                                        json("{'model':'m'," + input + members + "}"), id -> Optional.empty(), dropped)
                                .request(),
                        Quirks.none(),
                        dropped);
        return dropped.names();
    }
}
