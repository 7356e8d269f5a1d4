package dev.patchbay.workbench.schema;

import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.registry.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files on which decoder and schema are compared. */
final class Cases {

    private Cases() {}

    /** One file. */
    record Case(String name, String yaml) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** The good files as they are, everything else cut into a file for each of its definitions. */
    static List<Case> all() {
        List<Case> cases = new ArrayList<>(accepted());
        cases.addAll(refused());
        cases.addAll(cut(Path.of("mistakes", "mistakes.yaml")));
        return cases;
    }

    static List<Case> accepted() {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files =
                Files.list(Path.of("..", "core").resolve(Corpus.ROOT).resolve("good"))) {
            files.sorted().forEach(file -> cases.add(new Case("good/" + file.getFileName(), read(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cases.addAll(cut(Path.of("schema", "accepted.yaml")));
        return cases;
    }

    static List<Case> refused() {
        return cut(Path.of("schema", "refused.yaml"));
    }

    private static List<Case> cut(Path file) {
        String text = read(Path.of("..", "core").resolve(Corpus.ROOT).resolve(file));
        List<Case> cases = new ArrayList<>();
        for (MapNode.Entry entry : Judges.tree(text).entries()) {
            if (!entry.key().text().equals("providers")) {
                cases.add(new Case(
                        file + " " + entry.key().text(),
                        lines(text, entry.key().span().line(), 1)));
            } else {
                List<MapNode.Entry> providers = ((MapNode) entry.value()).entries();
                for (int i = 0; i < providers.size(); i++) {
                    int from = providers.get(i).key().span().line();
                    int count = i + 1 < providers.size()
                            ? providers.get(i + 1).key().span().line() - from
                            : Integer.MAX_VALUE;
                    String id = providers.get(i).key().text();
                    cases.add(new Case(file + " " + id, "providers:\n" + lines(text, from, count)));
                }
            }
        }
        return cases;
    }

    private static String lines(String text, int from, int count) {
        StringBuilder lines = new StringBuilder();
        text.lines()
                .skip(from - 1L)
                .limit(count)
                .forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
