package dev.patchbay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.codec.json.Json;
import dev.patchbay.diagnostic.Location;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the targets judge by: that it accepts what is right, and can refuse. */
final class ChecksOfTargetsTest {

    private static final String CALLS = "{'role':'assistant','tool_calls':[{'id':'a'},{'id':'b'}]}";
    private static final String A = "{'role':'tool','tool_call_id':'a'}";
    private static final String B = "{'role':'tool','tool_call_id':'b'}";
    private static final String USER = "{'role':'user','content':'x'}";

    @Test
    void readsEventsPlainly() {
        String stream = "\uFEFFdata: a\r\ndata:b\n\nevent: n\nid: 1\ndata:  c\n\ndata\n\nevent: m\ndata: d";
        assertThat(PlainSse.events(stream.getBytes(StandardCharsets.UTF_8), true))
                .containsExactly("=a\nb", "n= c", "m=d");
        assertThat(PlainSse.events(stream.getBytes(StandardCharsets.UTF_8), false))
                .containsExactly("=a\nb", "n= c");
    }

    @Test
    void acceptsCallsThatAreAnsweredAtOnce() {
        assertThat(answers(USER, CALLS, B, A, USER)).isEmpty();
        assertThat(answers(CALLS.replace("'b'", "'a'"), A)).isEmpty();
        assertThat(ToolAnswers.violations(Json.object())).isEmpty();
    }

    @Test
    void refusesCallsWithoutAnAnswerAndAnswersWithoutACall() {
        assertThat(answers(CALLS, A)).containsExactly("no result directly after the call [b]");
        assertThat(answers(CALLS, A, USER, B))
                .containsExactly("no result directly after the call [b]", "a result for b, which is not an open call");
        assertThat(answers(USER, A)).containsExactly("a result for a, which is not an open call");
        assertThat(answers(CALLS, A, A, B)).containsExactly("a result for a, which is not an open call");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "1,3", "2,2", "3,1", "4,1"})
    void knowsThePlacesOfAFile(int line, int column) {
        assertThat(new FilePlaces("ab\r\n\uD83D\uDE00\r\u2028x").has(new Location("f", line, column)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,0", "1,4", "2,3", "3,2", "5,1", "-1,1"})
    void knowsWhatIsNoPlaceOfAFile(int line, int column) {
        assertThat(new FilePlaces("ab\r\n\uD83D\uDE00\r\u2028x").has(new Location("f", line, column)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void everyTargetHasSeedsAndItsName(Target target) {
        assertThat(target.seeds()).hasSizeGreaterThan(5);
        assertThat(Target.named(target.label())).isSameAs(target);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void inputsOfAnyLengthAreInputs(int length) {
        assertThat(FuzzInput.of(new byte[length]).content()).isEmpty();
        assertThat(FuzzInput.of(new byte[length]).pieceSize()).isEqualTo(1);
    }

    @Test
    void mutationsAreTheSameEveryTimeAndNotAllAlike() {
        List<byte[]> seeds = Target.CHAT_STREAM.seeds();
        Mutations first = new Mutations(1, seeds);
        Mutations second = new Mutations(1, seeds);
        byte[] one = first.next();
        assertThat(second.next()).isEqualTo(one);
        assertThat(first.next()).isNotEqualTo(one);
    }

    @Test
    void aBrokenPromiseIsAnError() {
        assertThatThrownBy(() -> Promise.holds(false, "it rains")).hasMessage("broken: it rains");
        assertThatThrownBy(() -> Promise.same("a", "b", "alike")).hasMessageContaining("alike");
        assertThatThrownBy(() -> Promise.noViolations(List.of("wrong"), "out")).hasMessage("[wrong]\nout");
    }

    private static List<String> answers(String... messages) {
        String body = "{'messages':[" + String.join(",", messages) + "]}";
        return ToolAnswers.violations(Json.parse(body.replace('\'', '"')));
    }
}
