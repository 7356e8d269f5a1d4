package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuirksTest {

    @Test
    void everyDefaultIsAcceptedByItsOwnSpec() {
        assertThat(QuirkSpec.all())
                .filteredOn(spec -> spec.defaultValue() != null)
                .allSatisfy(
                        spec -> assertThat(spec.problem(spec.defaultValue())).isEmpty());
    }

    @Test
    void coversTheProfileOfTheSpecification() {
        assertThat(QuirkSpec.all())
                .extracting(QuirkSpec::name)
                .containsExactly(
                        "maxTokensField",
                        "maxOutputTokens",
                        "systemRole",
                        "midSystem",
                        "userAfterTool",
                        "streamUsage",
                        "requiredToolChoice",
                        "parallelToolCalls",
                        "stop",
                        "drop",
                        "extra",
                        "reasoning",
                        "efforts",
                        "reasoningReplay",
                        "reasoningField",
                        "images",
                        "pdf",
                        "toolResultImages",
                        "user",
                        "userMax",
                        "toolId",
                        "toolIdMax",
                        "toolNameMax",
                        "strictTools",
                        "structuredOutput",
                        "schema",
                        "thinkTags",
                        "schemaStrip",
                        "cacheControl",
                        "estimateUsage",
                        "defaultMaxTokens");
    }

    @Test
    void saysWhatIsRightWhereAValueIsWrong() {
        assertThat(QuirkSpec.find("stop").orElseThrow().problem("4"))
                .contains("stop must be a whole number, 0 or more");
        assertThat(QuirkSpec.find("pdf").orElseThrow().problem("attach"))
                .contains("pdf must be one of placeholder, file");
        assertThat(QuirkSpec.find("efforts").orElseThrow().problem(List.of("low", "huge")))
                .contains("efforts must be a list of none, minimal, low, medium, high, xhigh, max");
        assertThat(QuirkSpec.find("images").orElseThrow().problem(1)).contains("images must be true or false");
        assertThat(QuirkSpec.find("stop").orElseThrow().problem(1.5)).isPresent();
        assertThat(QuirkSpec.find("stop").orElseThrow().problem(-1)).isPresent();
    }

    @Test
    void refusesUnknownNamesAndWrongValues() {
        assertThatThrownBy(() -> Quirks.of(Map.of("colour", "red"))).hasMessage("there is no quirk colour");
        assertThatThrownBy(() -> Quirks.of(Map.of("stop", "many"))).hasMessageContaining("stop must be");
    }

    @Test
    void setsOverDefaultsAndLaterOverEarlier() {
        Quirks provider = Quirks.of(Map.of("stop", 5L, "images", false));
        Quirks model = Quirks.none().with("images", true);

        Quirks both = provider.with(model);

        assertThat(both.stop()).isEqualTo(5);
        assertThat(both.images()).isTrue();
        assertThat(both.systemRole()).isEqualTo("system");
        assertThat(both.maxOutputTokens()).isEmpty();
        assertThat(both.isSet("stop")).isTrue();
        assertThat(both.isSet("systemRole")).isFalse();
        assertThat(both.with("stop", null).stop()).isEqualTo(4);
    }
}
