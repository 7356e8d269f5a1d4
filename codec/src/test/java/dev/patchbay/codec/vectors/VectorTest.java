package dev.patchbay.codec.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorTest {

    /** Routes have their own test for these. */
    private static final String ELSEWHERE = "endpoints";

    static Stream<Vector> vectors() {
        return Vectors.all().stream().filter(vector -> !vector.topic().equals(ELSEWHERE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void isTranslatedAsExpected(Vector vector) {
        List<String> differences = VectorRun.differences(vector);

        assertThat(differences).isEmpty();
    }

    @Test
    void noVectorIsLeftOut() {
        assertThat(Vectors.all()).hasSize(175);
        assertThat(vectors()).hasSize(167);
    }
}
