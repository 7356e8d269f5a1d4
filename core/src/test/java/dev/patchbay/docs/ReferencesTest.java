package dev.patchbay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reference that a reader cannot follow is worse than none: what code and pages refer to is there. */
final class ReferencesTest {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final Path DESIGN = ROOT.resolve("docs/design");

    private static final Pattern PAGE = Pattern.compile("\\b(architecture|provider-files|sessions|dialects|style)\\.md"
            + "(?:,? sections? (?<sections>\\d+(?:\\.\\d+)?(?:(?:, | and )\\d+(?:\\.\\d+)?)*))?"
            + "(?:,? (?<rules>[A-Z]{1,2}\\d+[a-z]?(?:(?:, | and | to )[A-Z]{1,2}\\d+[a-z]?)*))?");
    private static final Pattern LINK =
            Pattern.compile("(?<!!)\\[[^\\]\n]*\\]\\((?!https?:|mailto:|#)([^)#\\s]+)(?:#[^)\\s]*)?\\)");

    @Test
    void everyRuleThatCodeCitesStandsOnItsPage() throws IOException {
        List<String> missing = new ArrayList<>();
        int citations = 0;
        for (Path file : files(".java")) {
            String text = Files.readString(file).replaceAll("\\s*\n\\s*(?:\\*|//) ?", " ");
            Matcher cited = PAGE.matcher(text);
            while (cited.find()) {
                citations++;
                String page = Files.readString(DESIGN.resolve(cited.group(1) + ".md"));
                for (String section : parts(cited.group("sections"))) {
                    if (!Pattern.compile("^#+ " + Pattern.quote(section) + "\\b", Pattern.MULTILINE)
                            .matcher(page)
                            .find()) {
                        missing.add(ROOT.relativize(file) + ": " + cited.group());
                    }
                }
                for (String rule : parts(cited.group("rules"))) {
                    if (!Pattern.compile("\\b" + rule + "\\b").matcher(page).find()) {
                        missing.add(ROOT.relativize(file) + ": " + cited.group());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(citations).isGreaterThan(100);
    }

    @Test
    void everyLinkOfEveryPageLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path file : files(".md")) {
            Matcher link = LINK.matcher(Files.readString(file));
            while (link.find()) {
                links++;
                if (!Files.exists(file.resolveSibling(link.group(1)))) {
                    broken.add(ROOT.relativize(file) + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(15);
    }

    private static List<String> parts(String list) {
        return list == null ? List.of() : List.of(list.split(", | and | to "));
    }

    private static List<Path> files(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT)) {
            for (Path folder : top.toList()) {
                String name = folder.getFileName().toString();
                if (name.endsWith(ending)) {
                    found.add(folder);
                } else if (Files.isDirectory(folder) && !name.startsWith(".") && !name.equals("target")) {
                    try (Stream<Path> below = Files.walk(folder)) {
                        below.filter(file -> file.toString().endsWith(ending))
                                .filter(file ->
                                        !ROOT.relativize(file).toString().contains("/target/"))
                                .filter(file -> !file.toString().contains("node_modules"))
                                .forEach(found::add);
                    } catch (UncheckedIOException e) {
                        throw e.getCause();
                    }
                }
            }
        }
        return found;
    }
}
