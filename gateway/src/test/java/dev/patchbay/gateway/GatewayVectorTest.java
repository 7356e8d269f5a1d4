package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.vectors.Vector;
import dev.patchbay.codec.vectors.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of dialects.md once more, from a client through the running gateway to an upstream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayVectorTest {

    /** These name real hosts; routes have their own test for them. */
    private static final String ELSEWHERE = "endpoints";

    private VectorGateway gateway = new VectorGateway();

    static Stream<Vector> vectors() {
        return Stream.concat(Vectors.all().stream(), Vectors.responsesUpstream().stream())
                .filter(vector -> !vector.topic().equals(ELSEWHERE));
    }

    @BeforeAll
    void start() {
        gateway.start();
    }

    @AfterAll
    void close() {
        gateway.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void holdsThroughTheGateway(Vector vector) {
        assertThat(gateway.differences(vector)).isEmpty();
    }

    @Test
    void noVectorIsLeftOut() {
        assertThat(vectors()).hasSize(167 + Vectors.responsesUpstream().size());
    }
}
