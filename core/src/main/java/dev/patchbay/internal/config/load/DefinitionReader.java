package dev.patchbay.internal.config.load;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.schema.FileFields;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.ProviderIds;
import dev.patchbay.internal.config.schema.ShapeCheck;
import dev.patchbay.internal.config.schema.Vocabulary;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.internal.config.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads inputs to definitions. Not safe for use by several threads. */
public final class DefinitionReader {

    private final Vocabulary vocabulary;
    private final List<RawDefinition> definitions = new ArrayList<>();
    private final List<ScalarNode> defaults = new ArrayList<>(1);
    private final List<Diagnostic> problems = new ArrayList<>(0);

    private DefinitionReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Reads everything; what is wrong with it is part of the result. */
    public static LoadedDefinitions read(List<ConfigInput> inputs, Vocabulary vocabulary) {
        List<ConfigInput> ordered = new ArrayList<>(inputs);
        // Not Comparator.comparing: its serializable lambda cannot be in a start-up cache and costs a cold start 10 ms.
        ordered.sort((one, other) -> one.layer().compareTo(other.layer()));
        FileReader files = new FileReader();
        for (ConfigInput input : ordered) {
            files.read(input);
        }
        DefinitionReader reader = new DefinitionReader(vocabulary);
        reader.problems.addAll(files.problems());
        for (YamlFile file : files.files()) {
            reader.add(file);
        }
        return new LoadedDefinitions(reader.definitions, reader.defaults, files.skipped(), reader.problems);
    }

    private void add(YamlFile file) {
        if (file.root().isEmpty()) {
            problems.addAll(file.problems());
            return;
        }
        MapNode root = file.root().get();
        ShapeCheck top = new ShapeCheck(vocabulary);
        top.check(FileFields.FILE, root);
        List<Diagnostic> open = new ArrayList<>(file.problems());
        open.addAll(top.problems());
        root.get(FileFields.DEFAULT_PROVIDER.name()).ifPresent(node -> addDefault(node, top.bad()));
        if (root.get(FileFields.PROVIDERS.name()).orElse(null) instanceof MapNode providers) {
            for (MapNode.Entry entry : providers.entries()) {
                definitions.add(guarded(entry, open));
            }
        }
        problems.addAll(open);
    }

    private void addDefault(Node node, Set<Node> bad) {
        if (node instanceof ScalarNode scalar && !bad.contains(node)) {
            defaults.add(scalar);
        }
    }

    private RawDefinition guarded(MapNode.Entry entry, List<Diagnostic> open) {
        try {
            return definition(entry, open);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            ScalarNode key = entry.key();
            List<Diagnostic> problems = List.of(RawDefinition.failed(key, e));
            return new RawDefinition(key, MapNode.of(key.source(), key.span(), List.of()), problems, Set.of());
        }
    }

    /** Takes the problems that belong to the definition out of those of the file. */
    private RawDefinition definition(MapNode.Entry entry, List<Diagnostic> open) {
        List<Diagnostic> own = DefinitionProblems.takeFrom(open, entry);
        ScalarNode key = entry.key();
        if (!(entry.value() instanceof MapNode body)) {
            if (ProviderIds.isValid(key.text())) {
                own.add(entry.value()
                        .error(
                                Code.WRONG_TYPE,
                                "a provider must be a mapping, not "
                                        + entry.value().kind())
                        .help("write " + key.text() + ": {baseUrl: https://api.example.com/v1, apiKey: $NAME}")
                        .build());
            }
            return new RawDefinition(
                    key,
                    MapNode.of(key.source(), key.span(), List.of()),
                    own,
                    Set.of(ProviderFieldTable.BASE_URL.name()));
        }
        ShapeCheck check = new ShapeCheck(vocabulary);
        check.check(ProviderFieldTable.PROVIDER, body);
        ExclusiveFields.check(body, check);
        if (check.problems().isEmpty()) {
            return new RawDefinition(key, body, own, Set.of());
        }
        own.addAll(check.problems());
        Set<String> damaged = InvalidValuePruner.damaged(check.bad(), body);
        damaged.addAll(check.meant());
        return new RawDefinition(key, (MapNode) InvalidValuePruner.without(check.bad(), body), own, damaged);
    }
}
