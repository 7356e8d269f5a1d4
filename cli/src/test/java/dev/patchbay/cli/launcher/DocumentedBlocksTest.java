package dev.patchbay.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every block of every page for users is run or made by a test: a page or a language that nobody has in hand is found here. */
final class DocumentedBlocksTest {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)[^\\n]*\\n(.*?)^ *```$");
    private static final String CLI = "cli/src/test/java/dev/patchbay/cli/";
    private static final String CORE = "core/src/test/java/dev/patchbay/docs/";

    /** Page and languages, and what runs them, or makes them. */
    private static final Map<String, String> RUN = Map.ofEntries(
            Map.entry("README.md java sh yaml", CLI + "launcher/ReadmeBlocks.java"),
            Map.entry("docs/first-hour.md sh", CLI + "launcher/ReadmeBlocks.java"),
            Map.entry("docs/sessions.md java sh", CLI + "SessionPagesTest.java"),
            Map.entry("docs/daemon.md sh", CLI + "SessionPagesTest.java"),
            Map.entry("docs/gateway.md java shell yaml", CLI + "GatewayDocTest.java"),
            Map.entry("docs/embedding.md java text xml", CORE + "EmbeddingPageTest.java"),
            Map.entry("docs/quarkus.md java", CORE + "QuarkusPageTest.java"),
            Map.entry("docs/errors.md text", CORE + "ErrorsPageTest.java"),
            Map.entry("docs/providers.md yaml", CORE + "ProvidersPageTest.java"),
            Map.entry("docs/api.md json", "daemon/src/test/java/dev/patchbay/daemon/contract/ContractTest.java"),
            Map.entry(
                    "docs/langchain4j.md java xml",
                    "adapters/langchain4j/src/test/java/dev/patchbay/langchain4j/LangChain4jPageTest.java"),
            Map.entry(
                    "docs/spring.md java xml yaml",
                    "adapters/spring-ai/src/test/java/dev/patchbay/springai/SpringPageTest.java"),
            Map.entry(
                    "docs/plugins.md java sh",
                    "providers-examples/integration/src/test/java/dev/patchbay/examples/PluginsPageTest.java"),
            Map.entry("clients/typescript/README.md js sh", "clients/typescript/test/package.test.mjs"));

    /** Commands that take an hour and gigabytes: what they name is there. */
    private static final List<String> LONG = List.of("docs/fuzzing.md sh", "docs/clients.md text");

    @Test
    void everyPageWithBlocksHasATestThatNamesIt() throws IOException {
        Map<String, String> expected = new TreeMap<>(RUN);
        LONG.forEach(page -> expected.put(page, ""));
        assertThat(pages()).containsExactlyElementsOf(expected.keySet());
        for (Map.Entry<String, String> page : RUN.entrySet()) {
            String file = page.getKey().split(" ")[0];
            assertThat(Files.readString(ROOT.resolve(page.getValue())))
                    .as(page.getValue())
                    .contains(file.substring(file.lastIndexOf('/') + 1));
        }
    }

    @Test
    void longCommandsNameProfilesModulesAndTestsThatAreThere() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        for (String page : LONG) {
            Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve(page.split(" ")[0])));
            assertThat(block.find()).isTrue();
            String command = block.group(2).strip();
            assertThat(command).startsWith("mvn ").doesNotContain("\n");
            String profile = word(command, "-P(\\w+)");
            String module = word(command, "-pl (\\w+)");
            assertThat(pom + Files.readString(ROOT.resolve(module).resolve("pom.xml")))
                    .contains("<id>" + profile + "</id>");
            if (command.contains("-Dtest=")) {
                String test = word(command, "-Dtest=(\\w+)");
                try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test"))) {
                    assertThat(files).anyMatch(file -> file.endsWith(test + ".java"));
                }
            }
        }
    }

    private static String word(String command, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(command);
        assertThat(found.find()).as(pattern + " in " + command).isTrue();
        return found.group(1);
    }

    /** Pages with their languages; those of the design are written for who changes the program. */
    private static List<String> pages() throws IOException {
        List<Path> files =
                new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("clients/typescript/README.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
        }
        TreeSet<String> pages = new TreeSet<>();
        for (Path file : files) {
            TreeSet<String> languages = new TreeSet<>();
            Matcher block = BLOCK.matcher(Files.readString(file));
            while (block.find()) {
                languages.add(block.group(1).isEmpty() ? "text" : block.group(1));
            }
            if (!languages.isEmpty()) {
                pages.add(ROOT.relativize(file) + " " + String.join(" ", languages));
            }
        }
        return List.copyOf(pages);
    }
}
