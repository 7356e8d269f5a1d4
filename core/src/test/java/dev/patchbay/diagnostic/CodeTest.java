package dev.patchbay.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Golden;
import org.junit.jupiter.api.Test;

final class CodeTest {

    @Test
    void codesAreUniqueAndNeverChange() {
        StringBuilder catalogue = new StringBuilder();
        for (Code code : Code.values()) {
            catalogue
                    .append(code.id())
                    .append(' ')
                    .append(code)
                    .append(' ')
                    .append(code.sentence())
                    .append('\n');
        }
        assertThat(Code.values()).extracting(Code::id).doesNotHaveDuplicates().isSorted();
        Golden.assertMatches(CodeTest.class, "codes.txt", catalogue.toString());
    }
}
