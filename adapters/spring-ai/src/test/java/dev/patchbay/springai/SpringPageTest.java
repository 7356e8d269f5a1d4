package dev.patchbay.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.PageBlocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/spring.md} shows compiles and runs. */
final class SpringPageTest {

    @TempDir
    Path folder;

    @Test
    void theBlocksRun() throws Exception {
        try (FakeProvider groq = FakeProvider.start()) {
            Files.writeString(
                    folder.resolve("groq.yaml"),
                    "providers: {groq: {baseUrl: \"" + groq.baseUrl("/v1") + "\", auth: none, defaultModel: m}}");
            Path page = Path.of(System.getProperty("patchbay.root")).resolve("docs/spring.md");

            String printed = PageBlocks.of(page)
                    .run(
                            folder,
                            List.of(),
                            block -> block.replace("Path.of(\"config/providers\")", "Path.of(\"" + folder + "\")"));

            assertThat(printed).contains(FakeProvider.DEFAULT_TEXT);
            assertThat(groq.requests()).hasSize(2);
            assertThat(groq.requests().get(1).member("model")).hasValue("openai/gpt-oss-120b");
        }
    }

    /** The module has it in its tests alone. */
    @Test
    void theArtifactOfChatClientIsNamedInTheVersionThatIsTested() throws Exception {
        Path root = Path.of(System.getProperty("patchbay.root"));
        String version = Files.readString(root.resolve("pom.xml")).split("<spring-ai.version>|</spring-ai.version>")[1];

        assertThat(PageBlocks.of(root.resolve("docs/spring.md")).in("xml").get(1))
                .contains(
                        "<artifactId>patchbay-spring-ai</artifactId>",
                        "<artifactId>spring-ai-client-chat</artifactId>\n  <version>" + version + "</version>");
    }

    /** Which is started as a process in the profile "integration". */
    @Test
    void theApplicationIsOneThatRuns() throws Exception {
        Path root = Path.of(System.getProperty("patchbay.root"));
        List<String> shown = PageBlocks.of(root.resolve("docs/spring.md")).in("java application");

        assertThat(shown).hasSize(1);
        assertThat(Files.readAllLines(root.resolve("integration/boot4/src/main/java/com/example/BootApplication.java")))
                .containsSubsequence(shown.get(0).lines().toList());
    }
}
