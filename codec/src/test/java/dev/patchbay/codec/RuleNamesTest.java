package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who reads docs/design/dialects.md finds by a rule's id what shows it: a vector, or a test that names it. */
class RuleNamesTest {

    private static final Pattern RULE = Pattern.compile("^\\*\\*([A-Z]{1,2}\\d{1,2}a?)\\b", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("\\b[A-Z]{1,2}\\d{1,2}a?(?=\\b|[A-Z])");

    @Test
    void eachRuleIsNamedByATest() throws IOException {
        Set<String> rules = new TreeSet<>();
        find(RULE, Files.readString(Path.of("../docs/design/dialects.md")), 1, rules);
        Set<String> named = new TreeSet<>();
        for (String module : List.of("codec", "core", "gateway")) {
            try (Stream<Path> tests = Files.walk(Path.of("..", module, "src/test"))) {
                for (Path test : tests.filter(RuleNamesTest::isText).toList()) {
                    find(NAME, Files.readString(test), 0, named);
                }
            }
        }

        assertThat(rules).hasSizeGreaterThan(80);
        rules.removeAll(named);
        assertThat(rules).isEmpty();
    }

    private static boolean isText(Path file) {
        return file.toString().endsWith(".java") || file.toString().endsWith(".json");
    }

    private static void find(Pattern pattern, String text, int group, Set<String> found) {
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(group));
        }
    }
}
