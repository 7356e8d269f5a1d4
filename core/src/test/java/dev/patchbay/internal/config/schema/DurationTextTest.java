package dev.patchbay.internal.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "PT0.3S,300 ms",
        "PT1.5S,1500 ms",
        "PT1S,1 s",
        "PT2M,120 s",
        "PT20.001S,21 s",
        "PT2M1S,3 min",
        "PT2H,120 min",
        "PT2H1S,3 h",
        "P2D,48 h",
        "P21D,21 days",
        "PT48H1S,3 days"
    })
    void durationIsSaidInOneUnitAndNeverTooShort(Duration duration, String words) {
        assertThat(DurationText.words(duration)).isEqualTo(words);
    }
}
