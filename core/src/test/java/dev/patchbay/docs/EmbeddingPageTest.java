package dev.patchbay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.PageBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/embedding.md} shows compiles and runs, and names artifacts that there are. */
final class EmbeddingPageTest {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>(?:patchbay|patchbay-bom)</artifactId>\\s*<version>(.*?)<");

    private static final List<String> IMPORTS = List.of(
            "com.google.inject.Guice",
            "com.google.inject.Injector",
            "dev.patchbay.Patchbay",
            "dev.patchbay.client.*",
            "dev.patchbay.diagnostic.*",
            "dev.patchbay.guice.PatchbayModule",
            "dev.patchbay.provider.*",
            "dev.patchbay.session.*",
            "dev.patchbay.spi.*",
            "java.net.URI",
            "java.nio.file.Path",
            "java.util.*");

    @TempDir
    Path folder;

    @Test
    void theJavaBlocksCompileAndRun() throws Exception {
        try (FakeProvider groq = FakeProvider.start()) {
            groq.answer("/embeddings", Answer.json(200, "{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]}]}"));
            Files.writeString(
                    folder.resolve("groq.yaml"),
                    "providers: {groq: {baseUrl: \"" + groq.baseUrl("/v1") + "\", auth: none, defaultModel: m}}");
            String printed = page().run(
                            folder,
                            IMPORTS,
                            block -> block.replace("Path.of(\"config/providers\")", "Path.of(\"" + folder + "\")"));
            assertThat(printed)
                    .contains(
                            FakeProvider.DEFAULT_TEXT + FakeProvider.DEFAULT_TEXT,
                            "Provider[local, READY",
                            "E403 ",
                            "2 vectors",
                            "true\n",
                            "groq\n");
            assertThat(groq.requests()).hasSize(8);
        }
    }

    @Test
    void theArtifactsAreModulesOfOneVersion() throws IOException {
        String root = Files.readString(ROOT.resolve("pom.xml"));
        String bom = Files.readString(ROOT.resolve("bom/pom.xml"));
        String page = page().in("xml").get(0);
        List<String> offered = all(ARTIFACT, bom);
        assertThat(offered)
                .isSubsetOf(all(MODULE, root).stream()
                        .map(module -> "patchbay-" + module.substring(module.lastIndexOf('/') + 1))
                        .toList());
        assertThat(all(ARTIFACT, page)).isSubsetOf(offered).contains("patchbay-bom", "patchbay-core");
        assertThat(all(VERSION, bom))
                .isEqualTo(all(VERSION, page))
                .isEqualTo(List.of(all(VERSION, root).get(0)));
    }

    private static PageBlocks page() throws IOException {
        return PageBlocks.of(ROOT.resolve("docs/embedding.md"));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
