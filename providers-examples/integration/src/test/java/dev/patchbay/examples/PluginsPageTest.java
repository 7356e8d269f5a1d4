package dev.patchbay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.SpiVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/plugins.md says that can go stale. */
class PluginsPageTest {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final Path PAGE = ROOT.resolve("docs/plugins.md");

    @Test
    void itsLinksLeadSomewhere() throws IOException {
        List<String> links = Pattern.compile("]\\(([^)#]+)\\)")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(PAGE.resolveSibling(link).normalize()).exists());
    }

    @Test
    void itAndTheExamplesNameTheVersionOfTheInterface() throws IOException {
        String current = SpiVersion.current().toString();

        assertThat(Files.readString(PAGE)).contains("now `" + current + "`");
        for (String example : List.of("line-dialect", "signed-dialect")) {
            String pom = Files.readString(ROOT.resolve("providers-examples/" + example + "/pom.xml"));
            assertThat(pom).contains("<Provider-Spi-Version>" + current + "</Provider-Spi-Version>");
        }
    }

    @Test
    void theExamplesAreBuiltWithTheVersionOfTheCheckout() throws IOException {
        String root = Files.readString(ROOT.resolve("pom.xml"));
        String version = Pattern.compile("<artifactId>patchbay</artifactId>\\s*<version>([^<]+)<")
                .matcher(root)
                .results()
                .map((MatchResult match) -> match.group(1))
                .findFirst()
                .orElseThrow();

        for (String example : List.of("line-dialect", "signed-dialect")) {
            String pom = Files.readString(ROOT.resolve("providers-examples/" + example + "/pom.xml"));
            assertThat(pom).contains("<patchbay.version>" + version + "</patchbay.version>");
        }
    }
}
