package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import org.junit.jupiter.api.Test;

/** The table says which value a field has where nobody gives one; here it is given, and nothing changes. */
final class DefaultValuesTest {

    @Test
    void aDefinitionWithTheUsualValuesIsTheOneWithoutThem() {
        Definition bare = definition("baseUrl: https://api.usual.example/v1");
        String written = written(ProviderFieldTable.PROVIDER, "");
        assertThat(written).contains("totalTimeout: off", "unknownModels: allow", "initial: 500ms");
        Definition withDefaults = definition("baseUrl: https://api.usual.example/v1\n" + written);
        assertThat(withDefaults.dialect()).isEqualTo(bare.dialect());
        assertThat(withDefaults.unknownModelsDenied()).isEqualTo(bare.unknownModelsDenied());
        assertThat(withDefaults.insecureHttpAllowed()).isEqualTo(bare.insecureHttpAllowed());
        assertThat(withDefaults.http()).isEqualTo(bare.http());
    }

    @Test
    void theKnownValuesAreThoseOfTheVocabulary() {
        assertThat(ProviderFieldTable.PROVIDER.field("dialect").orElseThrow().known())
                .containsExactlyInAnyOrderElementsOf(Vocabulary.CORE_DIALECTS);
        assertThat(ProviderFieldTable.AUTH_FIELDS.field("type").orElseThrow().known())
                .containsExactlyInAnyOrderElementsOf(Vocabulary.CORE_AUTH_TYPES);
    }

    private static Definition definition(String yaml) {
        return Registries.with(Layer.USER, "usual:\n" + yaml.indent(2))
                .build()
                .find("usual")
                .flatMap(Provider::definition)
                .orElseThrow();
    }

    /** The time-out that depends on the host is left out. */
    private static String written(Shape.Table table, String indent) {
        StringBuilder yaml = new StringBuilder();
        for (Field<?> field : table.fields().values()) {
            boolean fixed = field.defaultText().isPresent() && !field.name().equals("firstByteTimeout");
            if (fixed) {
                yaml.append(indent)
                        .append(field.name())
                        .append(": ")
                        .append(field.defaultText().get())
                        .append('\n');
            } else if (field.shape() instanceof Shape.Table below) {
                String inside = field.isLater() ? "" : written(below, indent + "  ");
                yaml.append(inside.isEmpty() ? "" : indent + field.name() + ":\n" + inside);
            }
        }
        return yaml.toString();
    }
}
