package dev.patchbay.codec.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.WireDialect;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every dialect that upstreams may speak. */
class DialectsTest {

    static Stream<WireDialect> all() {
        return Dialects.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDialectIsFoundByItsNameAndByItsOperations(WireDialect dialect) {
        assertThat(Dialects.find(dialect.id())).contains(dialect);
        assertThat(Dialects.speaking(dialect.operation())).contains(dialect);
        dialect.tokenCount()
                .ifPresent(operation -> assertThat(Dialects.speaking(operation)).contains(dialect));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDialectPlacesWhatItsServersOffer(WireDialect dialect) {
        for (boolean stream : new boolean[] {true, false}) {
            assertThat(dialect.path(dialect.operation(), stream)).isPresent();
            assertThat(dialect.path(WireDialect.MODELS, stream)).isPresent();
            dialect.tokenCount()
                    .ifPresent(operation ->
                            assertThat(dialect.path(operation, stream)).isPresent());
            assertThat(dialect.path("another operation", stream)).isEmpty();
        }
    }

    @Test
    void noTwoDialectsShareANameOrAnOperation() {
        assertThat(Dialects.ALL).extracting(WireDialect::id).doesNotHaveDuplicates();
        assertThat(Dialects.ALL).extracting(WireDialect::operation).doesNotHaveDuplicates();
        assertThat(Dialects.ids()).contains(Dialects.DEFAULT.id());
        assertThat(Dialects.find("none of ours")).isEmpty();
        assertThat(Dialects.speaking(WireDialect.MODELS)).isEmpty();
    }
}
