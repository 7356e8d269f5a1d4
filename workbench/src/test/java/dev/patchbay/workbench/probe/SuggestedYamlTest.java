package dev.patchbay.workbench.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.http.ParameterRemedy;
import dev.patchbay.provider.Definition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SuggestedYamlTest {

    private static final DefinitionPlace SUPPLIED = new DefinitionPlace(Optional.empty(), true, 4, true);
    private static final DefinitionPlace IN_A_FILE = new DefinitionPlace(Optional.of("a.yaml:2:3"), false, 6, true);

    private final Definition definition = Definition.builder("mine")
            .quirks(Map.of("stop", 2, "schemaStrip", List.of("$schema")))
            .build();

    @Test
    void providerThatIsSuppliedIsExtended() {
        SuggestedSetting change = SuggestedSettings.quirk("streamUsage", false, Optional.empty());
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
        ParameterRemedy remedy = new ParameterRemedy("quirks", "schemaStrip", List.of("additionalProperties"));
        String yaml = SuggestedYaml.of(
                List.of(SuggestedSettings.of(remedy, definition, Optional.empty())), definition, IN_A_FILE);
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
