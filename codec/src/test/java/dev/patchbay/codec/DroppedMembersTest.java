package dev.patchbay.codec;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.messages.MessagesRequestReader;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                .containsExactly("tools.web_search");
    }

    private static DroppedMembers dropped(String members, Quirks quirks) {
        String messages = members.contains("'messages'") ? "" : ",'messages':[{'role':'user','content':'go'}]";
        DroppedMembers dropped = new DroppedMembers("acme");
        new ChatDialect()
                .encode(MessagesRequestReader.read(json("{'model':'m'," + members + messages + "}")), quirks, dropped);
        return dropped;
    }
}
