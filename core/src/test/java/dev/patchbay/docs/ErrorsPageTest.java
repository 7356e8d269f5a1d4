package dev.patchbay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} is made from {@link Code} and from the messages that other tests hold on to. */
final class ErrorsPageTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final List<Path> REPORTS =
            List.of(GOLDEN.resolve("CorpusTest/report.txt"), GOLDEN.resolve("BrokenJarsInRegistryTest/problems.txt"));
    private static final Pattern MARK = Pattern.compile(" +#! E\\d{3} [^\n]*");
    private static final Map<String, String> HUNDREDS = Map.of(
            "0", "Syntax",
            "1", "Shape",
            "2", "Variables and secrets",
            "3", "Security",
            "4", "Merging and looking up",
            "5", "Plugins",
            "6", "What a provider answered");

    @Test
    void thePageIsMadeFromTheCodes() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Problems and what to do

                Every problem has a code that never changes its meaning. A message says what is wrong, where, and what to do; here is why it
                matters. `patchbay providers validate` reports all problems at once, `--json` for programs.

                An error quarantines the provider it belongs to; the others work on. A warning does not.
                """);
        String hundred = "";
        for (Code code : Code.values()) {
            if (!hundred.equals(code.id().substring(1, 2))) {
                hundred = code.id().substring(1, 2);
                page.append("\n## ").append(HUNDREDS.get(hundred)).append('\n');
            }
            String prose = "**" + code.sentence() + "** " + code.why() + "\n\n" + code.remedy();
            page.append("\n### ").append(code.id()).append("\n\n").append(prose.replace("<", "&lt;"));
            page.append('\n');
            example(code)
                    .ifPresent(text -> page.append("\n```text\n").append(text).append("\n```\n"));
        }
        Golden.in(Path.of(System.getProperty("patchbay.root"), "docs")).check("errors.md", page.toString());
    }

    @Test
    void everyCodeSaysWhyItMattersAndWhatToDo() {
        assertThat(Code.values())
                .allSatisfy(code -> assertThat(code.why()).endsWith(".").hasSizeGreaterThan(20));
        assertThat(Code.values())
                .allSatisfy(code -> assertThat(code.remedy()).endsWith(".").hasSizeGreaterThan(15));
    }

    /** The first message with that code. */
    private static Optional<String> example(Code code) throws IOException {
        for (Path report : REPORTS) {
            Matcher found = Pattern.compile("(?m)^[^\n]*: (?:error|warning)\\[" + code.id() + "\\]: (?:[^\n]+\n?)+")
                    .matcher(Files.readString(report));
            if (found.find()) {
                String text = MARK.matcher(found.group().strip()).replaceAll("");
                return Optional.of(text.replace("<folder>/", ""));
            }
        }
        return Optional.empty();
    }
}
