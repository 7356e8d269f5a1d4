package dev.patchbay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Exchange;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.PageBlocks;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/embedding.md} shows compiles and runs, and names artifacts that there are. */
@Tag("slow")
final class EmbeddingPageTest {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>(?:patchbay|patchbay-bom)</artifactId>\\s*<version>(.*?)<");

    private static final List<String> IMPORTS = List.of(
            "com.google.inject.Guice",
            "com.google.inject.Injector",
            "com.sun.net.httpserver.HttpServer",
            "dev.patchbay.Patchbay",
            "dev.patchbay.client.*",
            "dev.patchbay.diagnostic.*",
            "dev.patchbay.guice.PatchbayModule",
            "dev.patchbay.provider.*",
            "dev.patchbay.session.*",
            "dev.patchbay.spi.*",
            "dev.patchbay.testkit.*",
            "java.io.*",
            "java.net.*",
            "java.net.http.*",
            "java.net.http.HttpResponse.BodyHandlers",
            "java.nio.file.Path",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.function.Consumer",
            "static java.nio.charset.StandardCharsets.UTF_8",
            "static java.util.concurrent.TimeUnit.SECONDS");

    @TempDir
    Path folder;

    @Test
    void theJavaBlocksCompileAndRun() throws Exception {
        try (FakeProvider groq = FakeProvider.start()) {
            groq.answer(EmbeddingPageTest::answer);
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
                            "It is sunny in Munich.",
                            "data: " + FakeProvider.DEFAULT_TEXT + "\n\n",
                            "Green again after 2 requests",
                            "true\n",
                            "groq\n");
            assertThat(groq.requests()).hasSize(15);
            assertThat(groq.requests())
                    .extracting(RecordedRequest::text)
                    .anyMatch(body -> body.contains("data:image/png;base64,iVBORw0KGgo"))
                    .anyMatch(body -> body.contains("json_schema"))
                    .anyMatch(body -> body.contains("\"tool_call_id\":\"call-1\",\"content\":\"sunny in Munich\""))
                    .anyMatch(body -> body.contains("Explain recursion") && body.contains("Shorter"));
        }
    }

    /** The weather is asked for first, where there is a tool for it. */
    private static void answer(Exchange exchange) throws IOException {
        String asked = exchange.request().text();
        Answer answer = Answer.text(FakeProvider.DEFAULT_TEXT);
        if (asked.contains("\"role\":\"tool\"")) {
            answer = Answer.text("It is sunny in Munich.");
        } else if (asked.contains("\"weather\"")) {
            answer = Answer.toolCall("call-1", "weather", "{\"city\":\"Munich\"}");
        }
        answer.send(exchange);
    }

    /** The integration profile builds and runs those. */
    @Test
    void theDescriptorAndTheShadingAreThoseOfApplicationsThatAreRun() throws IOException {
        String descriptor = Files.readString(ROOT.resolve("integration/modular/src/main/java/module-info.java"));
        String shaded = Files.readString(ROOT.resolve("integration/shaded/pom.xml"));
        List<String> xml = page().in("xml");

        assertThat(descriptor).endsWith(page().in("text").get(0));
        assertThat(shaded.replaceAll("\\s+", " "))
                .contains(xml.get(xml.size() - 1).strip().replaceAll("\\s+", " "));
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
