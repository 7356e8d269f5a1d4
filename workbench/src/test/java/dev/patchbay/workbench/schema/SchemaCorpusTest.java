package dev.patchbay.workbench.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemaCorpusTest {

    /** Refused by the decoder with a code that a schema can know of, but here it cannot. */
    private static final Map<String, String> BEYOND_A_SCHEMA = Map.of(
            "schema/accepted.yaml secrets-plugin", "a plugin may bring the secret form",
            "schema/accepted.yaml dialect-plugin", "a plugin's dialect declares its options",
            "mistakes/mistakes.yaml missing-header", "the header may be inherited",
            "mistakes/mistakes.yaml later-2", "a plugin may bring the dialect",
            "mistakes/mistakes.yaml options", "a plugin's dialect declares its options",
            "mistakes/mistakes.yaml secrets", "a plugin may bring the secret form",
            "mistakes/mistakes.yaml same-header", "it depends on the dialect which header carries the key",
            "mistakes/mistakes.yaml denied-all", "the models may be inherited");

    @ParameterizedTest
    @MethodSource
    void decoderAndSchemaAgree(Cases.Case file) {
        Set<Code> expected = expected(file);
        List<String> found = Judges.schema(file.yaml());
        assertThat(found.isEmpty())
                .as("decoder " + expected + ", schema " + found)
                .isEqualTo(expected.isEmpty());
    }

    private static Set<Code> expected(Cases.Case file) {
        Set<Code> expressible = Expressible.of(Judges.decoder(file.yaml()));
        if (!BEYOND_A_SCHEMA.containsKey(file.name())) {
            return expressible;
        }
        assertThat(expressible).as("what is beyond a schema").hasSize(1);
        return Set.of();
    }

    static List<Cases.Case> decoderAndSchemaAgree() {
        return Cases.all();
    }

    @Test
    void acceptedAndRefusedCasesAreWhatTheySay() {
        assertThat(Cases.accepted())
                .allSatisfy(file -> assertThat(expected(file)).isEmpty());
        assertThat(Cases.refused())
                .allSatisfy(file -> assertThat(expected(file)).isNotEmpty());
        assertThat(Cases.all()).hasSizeGreaterThan(200);
    }

    @Test
    void everyCodeIsJudged() {
        assertThat(Expressible.judged()).containsExactlyInAnyOrder(Code.values());
    }

    @Test
    void everyFieldOfTheTableIsInAnAcceptedCase() {
        Coverage coverage = new Coverage();
        Cases.accepted().forEach(file -> coverage.see(Judges.tree(file.yaml()), List.of()));
        assertThat(coverage.fields()).isEqualTo(Coverage.allFields());
    }

    @Test
    void everyRuleOfTheTableIsBrokenInARefusedCase() {
        Coverage coverage = new Coverage();
        Cases.refused().forEach(file -> coverage.see(Judges.tree(file.yaml()), Judges.diagnostics(file.yaml())));
        Set<String> unbroken = new TreeSet<>(Coverage.allRules());
        unbroken.removeAll(coverage.broken());
        assertThat(unbroken).isEmpty();
    }
}
