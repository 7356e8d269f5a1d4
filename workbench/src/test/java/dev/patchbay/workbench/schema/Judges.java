package dev.patchbay.workbench.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.yaml.YamlReader;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.Corpus;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The two that are to agree on a file: the decoder, and the schema as an editor applies it. */
final class Judges {

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(ProviderFileSchema.text());

    private Judges() {}

    /** What the decoder finds wrong, warnings left out. */
    static Set<Code> decoder(String yaml) {
        return diagnostics(yaml).stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::code)
                .collect(toCollection(() -> EnumSet.noneOf(Code.class)));
    }

    static List<Diagnostic> diagnostics(String yaml) {
        return RegistrySnapshot.builder()
                .environment(Corpus.ENVIRONMENT)
                .text(Layer.USER, "case.yaml", yaml)
                .build()
                .diagnostics();
    }

    /** What the schema finds wrong. */
    static List<String> schema(String yaml) {
        return SCHEMA.validate(EditorValues.of(tree(yaml))).stream()
                .map(Error::toString)
                .toList();
    }

    static MapNode tree(String yaml) {
        return YamlReader.read("case.yaml", Layer.USER, null, yaml.getBytes(UTF_8))
                .root()
                .orElseThrow(() -> new AssertionError("not a mapping: " + yaml));
    }
}
