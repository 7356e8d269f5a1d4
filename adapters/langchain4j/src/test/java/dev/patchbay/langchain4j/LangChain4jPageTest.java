package dev.patchbay.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.PageBlocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/langchain4j.md} shows compiles and runs. */
final class LangChain4jPageTest {

    @TempDir
    Path folder;

    @Test
    void theBlocksRun() throws Exception {
        try (FakeProvider groq = FakeProvider.start()) {
            Files.writeString(
                    folder.resolve("groq.yaml"),
                    "providers: {groq: {baseUrl: \"" + groq.baseUrl("/v1") + "\", auth: none, defaultModel: m}}");
            Path page = Path.of(System.getProperty("patchbay.root")).resolve("docs/langchain4j.md");

            String printed = PageBlocks.of(page)
                    .run(
                            folder,
                            List.of(),
                            block -> block.replace("Path.of(\"config/providers\")", "Path.of(\"" + folder + "\")"));

            assertThat(printed).contains(FakeProvider.DEFAULT_TEXT, "Optional[groq]", "STOP");
            assertThat(groq.requests()).hasSize(3);
            assertThat(groq.requests().get(1).member("model")).hasValue("openai/gpt-oss-120b");
        }
    }

    /** They stand there without a version. */
    @Test
    void theArtifactsThatItNamesAreInTheBom() throws Exception {
        Path root = Path.of(System.getProperty("patchbay.root"));
        String bom = Files.readString(root.resolve("bom/pom.xml"));

        assertThat(PageBlocks.of(root.resolve("docs/langchain4j.md"))
                        .in("xml")
                        .get(0)
                        .lines())
                .filteredOn(line -> line.contains("<artifactId>"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(bom).contains(line.strip()));
    }
}
