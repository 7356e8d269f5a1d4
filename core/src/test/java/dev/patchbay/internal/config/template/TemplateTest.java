package dev.patchbay.internal.config.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of provider-files.md, section 3, row by row, and what its rules say beyond it. */
final class TemplateTest {

    private static final Environment TABLE =
            Environment.of(Map.of("A", "x", "B", "y$A", "E", "", "W", "  ", "P", "pa$$"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "$A | x",
                "a$A-b | ax-b",
                "${A}B | xB",
                "$$A | $A",
                "$$$A | $x",
                "$B | y$A",
                "$P | pa$$",
                "https://${M:-h}.x/v1?k=$A | https://h.x/v1?k=x",
                "${M:-d} | d",
                "${E:-d} | d",
                "${W:-d} | d",
                "${M:-} | ''",
                "${M:-${E:-z}} | z",
                "${A:-${N}} | x",
                "${M:-${N:-${E:-${W:-deep}}}} | deep",
                "${M:-a$$b} | a$b",
                "${A:?needed} | x",
                "no reference | no reference",
                "{} | {}",
                "a}b | a}b",
            })
    void substitutes(String template, String result) throws TemplateException {
        Evaluation value = Template.parse(template).evaluate(TABLE);
        assertThat(value.isComplete()).isTrue();
        assertThat(value.text()).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$AB | AB",
                "${M:-${N}} | N",
                "${M} | M",
                "$A$M$N | M,N",
                "$E | E",
                "${W} | W",
                "${M:-$N-$E} | N,E",
            })
    void namesEveryMissingVariable(String template, String names) throws TemplateException {
        assertThat(Template.parse(template).evaluate(TABLE).missing())
                .extracting(Evaluation.Missing::name)
                .containsExactly(names.split(","));
    }

    @Test
    void saysWhatTheFileSaysOfAMissingVariable() throws TemplateException {
        Evaluation.Missing missing =
                Template.parse("x${M:?set M}").evaluate(TABLE).missing().get(0);
        assertThat(missing.message()).isEqualTo(Optional.of("set M"));
        assertThat(missing.offset()).isEqualTo(1);
    }

    @Test
    void tellsUnsetFromEmptyFromBlank() throws TemplateException {
        assertThat(Template.parse("$M$E$W").evaluate(TABLE).missing())
                .extracting(Evaluation.Missing::lack)
                .containsExactly(Evaluation.Lack.UNSET, Evaluation.Lack.EMPTY, Evaluation.Lack.BLANK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$1",
                "x$",
                "${A",
                "${1A}",
                "${A:=x}",
                "${}",
                "${A:-x",
                "${A-x}",
                "${A:}",
                "$",
                "$-",
                "${A:?$B}",
                "${ A}",
                "${M:-$}",
                "${A:-${B:-${C:-${D:-${E:-x}}}}}"
            })
    void refusesWhatIsNoReference(String template) {
        TemplateException refused = catchThrowableOfType(TemplateException.class, () -> Template.parse(template));
        assertThat(refused).isNotNull();
        assertThat(refused.isForeign()).isFalse();
        assertThat(refused.help()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${{ secrets.A }} | write $A",
                "{env:A} | write $A",
                "x-{env:A} | write $A",
                "${env:A} | write $A",
                "${env.A} | write $A",
                "$env:A | write $A",
                "os.environ/A | write $A",
                "env.A | write $A",
                "process.env.A | write $A",
                "%A% | write $A",
                "$(id) | run it before, put what it prints into a variable, and write $NAME",
                "op://a/b | read it before, put it into a variable, and write $NAME",
            })
    void recognisesOtherToolsAndGivesTheRightForm(String template, String help) {
        TemplateException refused = catchThrowableOfType(TemplateException.class, () -> Template.parse(template));
        assertThat(refused).isNotNull();
        assertThat(refused.isForeign()).isTrue();
        assertThat(refused.help()).isEqualTo(help);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"env.prod", "environment", "100%", "%7B%7D", "opera", "os.environ", "%A", "$$(id)", "process"})
    void leavesAloneWhatOnlyLooksLikeOtherTools(String text) throws TemplateException {
        assertThat(Template.parse(text).isConstant()).isTrue();
    }

    @Test
    void aDefaultOfAVariableCalledEnvIsNoForeignSyntax() throws TemplateException {
        assertThat(Template.parse("${env:-x}").evaluate(TABLE).text()).isEqualTo("x");
        assertThat(Template.parse("https://$ENV.example").firstVariable()).contains("ENV");
    }

    @Test
    void leavesOutWhiteSpaceAndByteOrderMarksAroundAValueAndSaysSo() throws TemplateException {
        Environment pasted = Environment.of(Map.of("K", "\uFEFF key \r\n", "C", "clean"));
        Evaluation value = Template.parse("$K-$C").evaluate(pasted);
        assertThat(value.text()).isEqualTo("key-clean");
        assertThat(value.trimmed()).isEqualTo(List.of("K"));
    }

    @Test
    void evaluatesOnlyTheBranchThatIsTaken() throws TemplateException {
        List<String> asked = new java.util.ArrayList<>();
        Template.parse("${A:-$B}${M:-$N}").evaluate(name -> {
            asked.add(name);
            return TABLE.get(name);
        });
        assertThat(asked).containsExactly("A", "M", "N");
    }

    @Test
    void printsNothingOfAValue() throws TemplateException {
        assertThat(Template.parse("$A").evaluate(TABLE).toString()).doesNotContain("x");
    }
}
