package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** S6: arguments that are sent again. */
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

    @Test
    void wrapsWhatIsNoObjectAtTheEnd() {
        assertThat(added("find", " it")).isEmpty();
        assertThat(arguments.rest()).isEqualTo("{\"_raw_arguments\":\"find it\"}");
        assertThat(arguments.isComplete()).isFalse();
    }

    private String added(String... pieces) {
        StringBuilder text = new StringBuilder();
        List.of(pieces).forEach(piece -> text.append(arguments.add(piece)));
        return text.toString();
    }
}
