package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S6: arguments that are sent again; R4: what surrounds them. */
class ToolArgumentsTest {

    private final ToolArguments arguments = new ToolArguments();

    @Test
    void passesOnPiecesAsTheyCome() {
        assertThat(added("{\"a\"", ":{\"a\":", "1}}")).isEqualTo("{\"a\":{\"a\":1}}");
        assertThat(arguments.isComplete()).isTrue();
    }

    @Test
    void takesOnlyWhatIsNewOfPiecesThatHoldAllSoFar() {
        assertThat(added("{\"path\":\"", "{\"path\":\"/srv\",\"", "{\"path\":\"/srv\",\"n\":1}"))
                .isEqualTo("{\"path\":\"/srv\",\"n\":1}");
    }

    @Test
    void knowsSuchPiecesFromTheFirstCharactersOnWhereNoOtherReadingIsJson() {
        assertThat(added("{", "{\"pa", "{\"path\":", "{\"path\":1}")).isEqualTo("{\"path\":1}");
    }

    @Test
    void leavesAnObjectAloneThatBeginsLikeTheOneAroundIt() {
        assertThat(added("{\"a\":", "{\"a\":", "2}", "}")).isEqualTo("{\"a\":{\"a\":2}}");
    }

    @Test
    void ignoresOlderStatesAndTheFinishedObjectOnceMore() {
        assertThat(added("{\"path\":1", "{\"path\":1}", "{\"path\":1", "{ \"path\" : 1 }", "{\"path\":1}"))
                .isEqualTo("{\"path\":1}");
    }

    @Test
    void takesTheRealObjectForAnEmptyOneThatCameFirst() {
        assertThat(added("{}", "{\"path\"", ":1}")).isEqualTo("{\"path\":1}");
        assertThat(arguments.rest()).isEmpty();
    }

    @Test
    void keepsAnEmptyObjectUntilNothingElseComes() {
        assertThat(added("{ }", "{}")).isEmpty();
        assertThat(arguments.rest()).isEqualTo("{}");
        assertThat(arguments.isComplete()).isTrue();
    }

    /** R4: blanks alone are no arguments. */
    @Test
    void leavesOutBlanksBeforeTheObject() {
        assertThat(added(" ", "\n")).isEmpty();
        assertThat(arguments.isEmpty()).isTrue();
        assertThat(added("{\"path\"", ":1}")).isEqualTo("{\"path\":1}");
    }

    @Test
    void wrapsWhatIsNoObjectAtTheEnd() {
        assertThat(added("find", " it")).isEmpty();
        assertThat(arguments.rest()).isEqualTo("{\"_raw_arguments\":\"find it\"}");
        assertThat(arguments.isComplete()).isFalse();
    }

    /** R4: a tag of the model's format (Qwen), a brace too much (GLM), the end of a fence. */
    @ParameterizedTest
    @ValueSource(strings = {"</tool_call>", "}", "\n```", "]}"})
    void leavesOutWhatFollowsAnObject(String stray) {
        assertThat(added("{\"path\"", ":1}" + stray, " ")).isEqualToIgnoringWhitespace("{\"path\":1}");
        assertThat(arguments.isComplete()).isTrue();
        assertThat(arguments.rest()).isEmpty();
        assertThat(ToolInput.parse("{\"path\":1}" + stray).toString()).isEqualTo("{\"path\":1}");
    }

    @Test
    void losesNoOtherObjectBehindOne() {
        assertThat(added("{\"path\":1}", "</tool_call>", "{\"path\"", ":2}")).isEqualTo("{\"path\":1}");
        assertThat(arguments.rest()).contains("{\"path\":2}");
        assertThat(ToolInput.parse("{\"path\":1}{\"path\":2}").has("_raw_arguments"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"```json\n{\"path\":1}\n```", "\uFEFF{\"path\":1}"})
    void takesAnObjectOutOfItsWrapping(String wrapped) {
        assertThat(added(wrapped.substring(0, 1), wrapped.substring(1))).isEmpty();
        assertThat(arguments.rest()).isEqualTo("{\"path\":1}");
    }

    private String added(String... pieces) {
        StringBuilder text = new StringBuilder();
        List.of(pieces).forEach(piece -> text.append(arguments.add(piece)));
        return text.toString();
    }

    /** P3: a tool of free text is called with one member; models give it another name, or none (MetaFARS/codex-relay#37). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"input\":\"*** Begin\\n\"}",
                "{\"patch\":\"*** Begin\\n\"}",
                "*** Begin\n",
                "{\"a\":1,\"input\":\"*** Begin\\n\"}"
            })
    void findsTheFreeTextOfACall(String arguments) {
        assertThat(ToolInput.freeForm(arguments)).isEqualTo("*** Begin\n");
    }

    /** P3: several members, or one that is no text, stay what they are. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"x\",\"b\":\"y\"}", "{\"command\":[\"a\",\"b\"]}", "{}"})
    void leavesArgumentsThatAreNoFreeText(String arguments) {
        assertThat(ToolInput.freeForm(arguments)).isEqualTo(arguments);
    }
}
