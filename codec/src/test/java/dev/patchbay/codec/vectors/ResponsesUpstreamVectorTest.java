package dev.patchbay.codec.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenAI Responses as an upstream (dialects.md, 1.11). */
class ResponsesUpstreamVectorTest {

    static Stream<Vector> vectors() {
        return Vectors.responsesUpstream().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void isTranslatedAsExpected(Vector vector) {
        assertThat(VectorRun.differences(vector)).isEmpty();
    }

    @Test
    void everyVectorHasASourceAndAReason() {
        assertThat(vectors()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(vectors()).allSatisfy(vector -> {
            assertThat(vector.json().path("source").asText()).isNotBlank();
            assertThat(vector.json().path("why").asText()).isNotBlank();
            assertThat(vector.json().path("rules")).isNotEmpty();
        });
        assertThat(vectors().map(Vector::name)).doesNotHaveDuplicates();
    }
}
