package dev.patchbay.internal.config.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.yaml.YamlFile;
import dev.patchbay.internal.config.yaml.YamlReader;
import dev.patchbay.provider.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FieldTableTest {

    @ParameterizedTest
    @MethodSource("providerFields")
    void theExampleOfAFieldIsAcceptedByItsOwnCheck(Field field) {
        YamlFile file =
                YamlReader.read("example", Layer.USER, null, field.example().getBytes(UTF_8));
        assertThat(file.problems()).isEmpty();
        ShapeCheck check =
                new ShapeCheck(new Vocabulary(Vocabulary.CORE_DIALECTS, Vocabulary.CORE_AUTH_TYPES, Set.of()));
        MapNode root = file.root().orElseThrow();
        check.check(ProviderFieldTable.PROVIDER, root);
        assertThat(root.has(field.name())).isTrue();
        assertThat(check.problems())
                .extracting(Diagnostic::code)
                .isSubsetOf(field.isLater() ? List.of(Code.NOT_SUPPORTED_YET) : List.of());
    }

    @Test
    void everyFieldIsDescribed() {
        List<Field> fields = new ArrayList<>();
        collect(ProviderFieldTable.PROVIDER, fields);
        collect(FileFields.FILE, fields);
        assertThat(fields).hasSizeGreaterThan(60);
        assertThat(fields).allMatch(field -> field.description().endsWith("."));
        assertThat(fields).allMatch(field -> field.example().contains(field.name()));
    }

    @Test
    void noNameOfAnotherToolIsAFieldOfOurs() {
        ProviderFieldTable.PROVIDER
                .fields()
                .values()
                .forEach(field -> assertThat(field.alsoCalled())
                        .doesNotContainAnyElementsOf(
                                ProviderFieldTable.PROVIDER.fields().keySet()));
    }

    static Stream<Field> providerFields() {
        return ProviderFieldTable.PROVIDER.fields().values().stream();
    }

    private static void collect(Shape shape, List<Field> fields) {
        if (shape instanceof Shape.Table record) {
            for (Field field : record.fields().values()) {
                fields.add(field);
                collect(field.shape(), fields);
            }
        } else if (shape instanceof Shape.MapOf map) {
            collect(map.value(), fields);
        } else if (shape instanceof Shape.Either either && either.mapping() != null) {
            collect(either.mapping(), fields);
        }
    }
}
