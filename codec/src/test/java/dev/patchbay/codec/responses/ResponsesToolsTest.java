package dev.patchbay.codec.responses;

import static dev.patchbay.codec.Translate.json;
import static dev.patchbay.codec.Translate.responsesToChat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P3: tools are called, wherever and however they were declared. */
class ResponsesToolsTest {

    private static final String SEARCH = "{'type':'tool_search','execution':'client','description':'Find tools',"
            + "'parameters':{'type':'object','properties':{'query':{'type':'string'}}}}";
    private static final String FOUND = "{'type':'tool_search_call','call_id':'s','execution':'client','arguments':"
            + "{'query':'click'}},{'type':'tool_search_output','call_id':'s','execution':'client','tools':["
            + "{'type':'namespace','name':'web','tools':[{'type':'function','name':'click','description':'Click',"
            + "'defer_loading':true}]},{'type':'function','name':'wait','defer_loading':true}]}";

    @Test
    void offersTheSearchOfAClientAsAFunction() {
        JsonNode function = chat("'x'", SEARCH).path("tools").path(0).path("function");

        assertThat(function.path("name").asText()).isEqualTo("tool_search");
        assertThat(function.path("description").asText()).isEqualTo("Find tools");
        assertThat(function.path("parameters").path("properties").has("query")).isTrue();
    }

    @Test
    void turnsACallOfTheSearchBack() {
        JsonNode item = called("'x'", SEARCH, "tool_search", "{\\\"query\\\":\\\"click\\\"}");

        assertThat(item.path("type").asText()).isEqualTo("tool_search_call");
        assertThat(item.path("call_id").asText()).isEqualTo("id");
        assertThat(item.path("execution").asText()).isEqualTo("client");
        assertThat(item.path("arguments")).isEqualTo(json("{'query':'click'}"));
        assertThat(item.has("name")).isFalse();
    }

    @Test
    void declaresWhatASearchFound() {
        ObjectNode chat = chat("[{'role':'user','content':'go'}," + FOUND + "]", SEARCH);

        assertThat(chat.path("tools").findValuesAsText("name")).containsExactly("tool_search", "web__click", "wait");
        JsonNode messages = chat.path("messages");
        assertThat(messages.findValuesAsText("role")).containsExactly("user", "assistant", "tool");
        assertThat(messages.path(1).path("tool_calls").path(0).path("function"))
                .isEqualTo(json("{'name':'tool_search','arguments':'{\\\"query\\\":\\\"click\\\"}'}"));
        assertThat(messages.path(2).path("content").asText())
                .isEqualTo("These tools can be called now:\nweb__click: Click\nwait");

        JsonNode item = called("[" + FOUND + "]", SEARCH, "web__click", "{}");
        assertThat(item.path("name").asText()).isEqualTo("click");
        assertThat(item.path("namespace").asText()).isEqualTo("web");
    }

    @Test
    void keepsBackWhatAClientsSearchHasNotFoundYet() {
        String deferred = "{'type':'function','name':'later','defer_loading':true}";

        assertThat(chat("'x'", SEARCH + "," + deferred).path("tools").findValuesAsText("name"))
                .containsExactly("tool_search");
        assertThat(chat("'x'", "{'type':'tool_search'}," + deferred)
                        .path("tools")
                        .findValuesAsText("name"))
                .as("a search at OpenAI does not run")
                .containsExactly("later");
    }

    @Test
    void callsToolsThatAnItemDeclares() {
        String input = "[{'type':'additional_tools','role':'developer','tools':[{'type':'custom','name':'exec'},"
                + "{'type':'namespace','name':'team','tools':[{'type':'custom','name':'run'}]}]},"
                + "{'role':'user','content':'go'}]";

        assertThat(chat(input, "").path("messages").findValuesAsText("role")).containsExactly("user");
        JsonNode item = called(input, "", "exec", "{\\\"input\\\":\\\"ls\\\"}");
        assertThat(item.path("type").asText()).isEqualTo("custom_tool_call");
        assertThat(item.path("input").asText()).isEqualTo("ls");
        JsonNode member = called(input, "", "team__run", "{\\\"input\\\":\\\"ls\\\"}");
        assertThat(member.path("type").asText()).isEqualTo("custom_tool_call");
        assertThat(member.path("namespace").asText()).isEqualTo("team");
        assertThat(member.path("name").asText()).isEqualTo("run");
    }

    @Test
    void tellsToolsApartThatWouldHaveOneName() {
        String tools = "{'type':'function','name':'a__b'},{'type':'namespace','name':'a','tools':["
                + "{'type':'function','name':'b'}]}";
        ObjectNode chat =
                chat("[{'type':'function_call','call_id':'c','namespace':'a','name':'b','arguments':'{}'}]", tools);
        List<String> names = chat.path("tools").findValuesAsText("name");

        assertThat(names).doesNotHaveDuplicates().hasSize(2).first().isEqualTo("a__b");
        assertThat(names.get(1)).matches("a__b_[0-9a-f]{8}");
        assertThat(chat.path("messages").findValuesAsText("name")).containsExactly(names.get(1));
        assertThat(called("'x'", tools, "a__b", "{}").has("namespace")).isFalse();
        assertThat(called("'x'", tools, names.get(1), "{}").path("namespace").asText())
                .isEqualTo("a");
    }

    @Test
    void offersAToolOnceThatIsDeclaredTwice() {
        String input = "[{'type':'additional_tools','tools':[{'type':'function','name':'f','description':'new'}]},"
                + "{'role':'user','content':'go'}]";

        JsonNode tools = chat(input, "{'type':'function','name':'f','description':'old'}")
                .path("tools");
        assertThat(tools.findValuesAsText("description")).containsExactly("new");
    }

    @Test
    void refusesToForceAToolThatCannotBeOffered() {
        assertThatThrownBy(() -> ResponsesRequestReader.read(
                        json("{'input':'x','tools':[{'type':'web_search'}]," + "'tool_choice':{'type':'web_search'}}")))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.status()).hasValue(400))
                .hasMessageContaining("web_search");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'web_search'}", "{'type':'function','name':'gone'}", "'auto'"})
    void leavesTheModelFreeWhereOtherToolsAreLeft(String choice) {
        assertThat(responsesToChat(
                                "{'input':'x','tools':[{'type':'web_search'},{'type':'function','name':'f'}],"
                                        + "'tool_choice':" + choice + "}",
                                Quirks.none())
                        .has("tool_choice"))
                .isFalse();
    }

    private static ObjectNode chat(String input, String tools) {
        return responsesToChat("{'model':'m','input':" + input + ",'tools':[" + tools + "]}", Quirks.none());
    }

    private static JsonNode called(String input, String tools, String name, String arguments) {
        ResponsesRequest client =
                ResponsesRequestReader.read(json("{'model':'m','input':" + input + ",'tools':[" + tools + "]}"));
        AnswerCollector answer = new AnswerCollector();
        new ChatDialect()
                .decode(
                        client.request(),
                        Quirks.none(),
                        json("{'choices':[{'message':{'tool_calls':[{'id':'id','function':{'name':'" + name
                                + "','arguments':'" + arguments + "'}}]},'finish_reason':'tool_calls'}]}"),
                        answer);
        return Json.parse(Json.text(ResponsesResponseWriter.write(answer, client, item -> {})))
                .path("output")
                .path(0);
    }
}
