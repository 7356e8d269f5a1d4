package dev.patchbay.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.http.Remedy;
import dev.patchbay.provider.Definition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SuggestedYamlTest {

    private static final Place SUPPLIED = new Place(Optional.empty(), true, 4, true);
    private static final Place IN_A_FILE = new Place(Optional.of("a.yaml:2:3"), false, 6, true);

    private final Definition definition = Definition.builder("mine")
            .quirks(Map.of("stop", 2, "schemaStrip", List.of("$schema")))
            .build();

    @Test
    void providerThatIsSuppliedIsExtended() {
        Change change = Changes.quirk("streamUsage", false, Optional.empty());
        assertThat(SuggestedYaml.of(List.of(change.asProven()), definition, SUPPLIED))
                .isEqualTo("""
                providers:
                  mine:
                    extends: mine
                    quirks:
                      streamUsage: false  # proven
                """);
    }

    @Test
    void quirksOfTheFileStayBesideTheNewOne() {
        Remedy remedy = new Remedy("quirks", "schemaStrip", List.of("additionalProperties"));
        String yaml =
                SuggestedYaml.of(List.of(Changes.of(remedy, definition, Optional.empty())), definition, IN_A_FILE);
        assertThat(yaml)
                .startsWith("      quirks:\n")
                .contains("        stop: 2\n")
                .contains("        schemaStrip: [\"$schema\", additionalProperties]  # untried\n");
    }

    @Test
    void nothingToChangeIsNothingToPaste() {
        assertThat(SuggestedYaml.of(List.of(), definition, SUPPLIED)).isEmpty();
    }
}
