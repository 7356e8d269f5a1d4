package dev.patchbay.internal.config.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.yaml.YamlFile;
import dev.patchbay.internal.config.yaml.YamlReader;
import dev.patchbay.provider.Layer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FieldTableTest {

    @ParameterizedTest
    @MethodSource("providerFields")
    void theExampleOfAFieldIsAcceptedByItsOwnCheck(Field<?> field) {
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
        List<Field<?>> fields = new ArrayList<>();
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

    @Test
    void everyKeyStandsInATable() throws IllegalAccessException {
        List<Field<?>> fields = new ArrayList<>();
        collect(ProviderFieldTable.PROVIDER, fields);
        collect(ProviderFieldTable.COMMAND_FIELDS, fields);
        collect(FileFields.FILE, fields);
        int keys = 0;
        for (Class<?> home : List.of(
                ProviderFieldTable.class, FileFields.class, HttpFields.class, ModelFields.class, BodyFields.class)) {
            for (java.lang.reflect.Field constant : home.getDeclaredFields()) {
                if (constant.getType() == Field.class) {
                    keys++;
                    assertThat(fields.contains(constant.get(null)))
                            .as(constant.toString())
                            .isTrue();
                }
            }
        }
        assertThat(keys).isGreaterThan(50);
    }

    /** A name that is typed twice is one that a change of the table forgets. */
    @Test
    void whoeverReadsADefinitionNamesNoFieldButByItsKey() throws IOException {
        Path sources = Path.of("src/main/java/dev/patchbay/internal/config");
        Pattern literal = Pattern.compile("\\.(get|has|entry|without|isDamaged)\\(\\s*\"|\"http[.][A-Za-z.]+\"");
        List<String> found = new ArrayList<>();
        int read = 0;
        for (String folder : List.of("decode", "load", "merge")) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(sources.resolve(folder), "*.java")) {
                for (Path file : files) {
                    read++;
                    for (String line : Files.readAllLines(file)) {
                        if (literal.matcher(line).find() && !line.contains("HOME")) {
                            found.add(file.getFileName() + ": " + line.strip());
                        }
                    }
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(read).isGreaterThan(30);
    }

    static Stream<Field<?>> providerFields() {
        return ProviderFieldTable.PROVIDER.fields().values().stream();
    }

    private static void collect(Shape shape, List<Field<?>> fields) {
        if (shape instanceof Shape.Table record) {
            for (Field<?> field : record.fields().values()) {
                fields.add(field);
                collect(field.shape(), fields);
            }
        } else if (shape instanceof Shape.MapOf map) {
            collect(map.value(), fields);
        } else if (shape instanceof Shape.ListOf list) {
            collect(list.item(), fields);
        } else if (shape instanceof Shape.Either either && either.mapping() != null) {
            collect(either.mapping(), fields);
        }
    }
}
