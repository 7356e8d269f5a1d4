package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.Tool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** K5, T7 and the ids of A2. */
class ToolNamesTest {

    private static final String LONG = "mcp__plugin_atlassian_cloud__search_confluence_pages_by_label_and_space";

    @Test
    void keepsNamesThatAreFine() {
        String longest = "x".repeat(64);

        assertThat(ToolNames.sent("Read-file_2", 64)).isEqualTo("Read-file_2");
        assertThat(ToolNames.sent(longest, 64)).isSameAs(longest);
    }

    @Test
    void shortensLongNamesAndRestoresThem() {
        ToolNames names = ToolNames.of(List.of(Tool.of(LONG, "", Map.of())), 64);

        String sent = names.sent(LONG);

        assertThat(sent).hasSize(64).isEqualTo("mcp__plugin_atlassian_cloud__search_confluence_pages_by_f5c833f2");
        assertThat(names.restored(sent)).isEqualTo(LONG);
        assertThat(names.restored("other")).isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read_file",
                "functions.read_file",
                "default_api:read_file",
                "Read_File",
                "read_file\n",
                "read_file<|channel|>commentary",
                " functions.read_file<|constrain|>json"
            })
    void findsTheToolThatWasMeant(String called) {
        ToolNames names =
                ToolNames.of(List.of(Tool.of("read_file", "", Map.of()), Tool.of("functions.own", "", Map.of())), 64);

        assertThat(names.restored(called)).isEqualTo("read_file");
        assertThat(names.restored("functions.own")).isEqualTo("functions.own");
        assertThat(names.restored("functions.other")).isEqualTo("functions.other");
    }

    @Test
    void guessesNoCaseWhereSeveralToolsDifferInNothingElse() {
        ToolNames names = ToolNames.of(List.of(Tool.of("Read", "", Map.of()), Tool.of("read", "", Map.of())), 64);

        assertThat(names.restored("READ")).isEqualTo("READ");
        assertThat(names.restored("read")).isEqualTo("read");
    }

    @Test
    void replacesForeignCharactersAndTellsTheResultsApart() {
        String dotted = ToolNames.sent("fs.read", 64);
        String spaced = ToolNames.sent("fs read", 64);

        assertThat(dotted).matches("fs_read_[0-9a-f]{8}").isNotEqualTo(spaced);
        assertThat(ToolNames.sent("🚀go", 64)).matches("_go_[0-9a-f]{8}");
    }

    @Test
    void respectsSmallerLimits() {
        assertThat(ToolNames.sent(LONG, 32)).hasSize(32).startsWith("mcp__plugin_atlassian_c_");
        assertThat(ToolNames.sent(LONG, 128)).isEqualTo(LONG);
    }

    @Test
    void keepsOpaqueIdsForChatUnlessTheyAreTooLong() {
        assertThat(ToolIds.forChat("functions.Read:0", Quirks.none())).isEqualTo("functions.Read:0");
        assertThat(ToolIds.forChat("a".repeat(65), Quirks.none())).hasSize(64).startsWith("a".repeat(55) + "_");
        assertThat(ToolIds.forChat("a".repeat(41), Quirks.none().with("toolIdMax", 40)))
                .hasSize(40);
    }

    @Test
    void makesMistralIdsOfNineLettersOrDigits() {
        Quirks mistral = Quirks.none().with("toolId", "mistral9");

        assertThat(ToolIds.forChat("aB3dE6gH9", mistral)).isEqualTo("aB3dE6gH9");
        assertThat(ToolIds.forChat("call_1", mistral))
                .matches("[A-Za-z0-9]{9}")
                .isEqualTo(ToolIds.forChat("call_1", mistral))
                .isNotEqualTo(ToolIds.forChat("call_2", mistral));
    }

    @Test
    void bringsForeignIdsToAnthropicsForm() {
        assertThat(ToolIds.forMessages("toolu_01")).isEqualTo("toolu_01");
        assertThat(ToolIds.forMessages("functions.Read:0")).matches("functions_Read_0_[0-9a-f]{8}");
        assertThat(ToolIds.forMessages("")).matches("[A-Za-z0-9_-]{1,64}");
    }
}
