package dev.patchbay.provider;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyRulesTest {

    /** Before, such a number went to the provider as null. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesANumberThatNoJsonHolds(double number) {
        assertThatThrownBy(() -> new BodyRules(Map.of(), Map.of(), Map.of("temperature", number), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("body.set.temperature must be a finite number, not " + number);
        assertThatThrownBy(() -> new BodyRules(
                        Map.of(), Map.of("extra", Map.of("levels", List.of((float) number))), Map.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("body.default.extra.levels must be a finite number, not " + number);
    }
}
