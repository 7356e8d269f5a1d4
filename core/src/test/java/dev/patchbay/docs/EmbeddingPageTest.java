package dev.patchbay.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.FakeProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/embedding.md} shows compiles and runs, and names artifacts that there are. */
final class EmbeddingPageTest {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>(?:patchbay|bom)</artifactId>\\s*<version>(.*?)<");

    private static final String PROGRAM = """
            import com.google.inject.Guice;
            import com.google.inject.Injector;
            import dev.patchbay.Patchbay;
            import dev.patchbay.config.template.Environment;
            import dev.patchbay.diagnostic.*;
            import dev.patchbay.guice.PatchbayModule;
            import dev.patchbay.provider.*;
            import dev.patchbay.session.*;
            import java.net.URI;
            import java.nio.file.Path;
            import java.util.*;

            public class %s {
                public static void run() {
            %s    }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void theJavaBlocksCompileAndRun() throws Exception {
        try (FakeProvider groq = FakeProvider.start()) {
            Files.writeString(
                    folder.resolve("groq.yaml"),
                    "providers: {groq: {baseUrl: \"" + groq.baseUrl("/v1") + "\", auth: none, defaultModel: m}}");
            String printed = run(blocks("java"));
            assertThat(printed)
                    .contains(
                            FakeProvider.DEFAULT_TEXT + FakeProvider.DEFAULT_TEXT,
                            "Provider[local, READY",
                            "E403 ",
                            "true\n",
                            "anthropic\n");
            assertThat(groq.requests()).hasSize(4);
        }
    }

    @Test
    void theArtifactsAreModulesOfOneVersion() throws IOException {
        String root = Files.readString(ROOT.resolve("pom.xml"));
        String bom = Files.readString(ROOT.resolve("bom/pom.xml"));
        String page = blocks("xml").get(0);
        List<String> offered = all(ARTIFACT, bom);
        assertThat(offered).isSubsetOf(all(MODULE, root));
        assertThat(all(ARTIFACT, page)).isSubsetOf(offered).contains("bom", "core");
        assertThat(all(VERSION, bom))
                .isEqualTo(all(VERSION, page))
                .isEqualTo(List.of(all(VERSION, root).get(0)));
    }

    private String run(List<String> blocks) throws Exception {
        JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler(), "the tests run on a JDK");
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, EmbeddingPageTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, UTF_8));
            for (int i = 0; i < blocks.size(); i++) {
                Path file = folder.resolve("Block" + i + ".java");
                String text = blocks.get(i).replace("Path.of(\"config/providers\")", "Path.of(\"" + folder + "\")");
                Files.writeString(file, PROGRAM.formatted("Block" + i, text.indent(8)));
                ByteArrayOutputStream errors = new ByteArrayOutputStream();
                int code = compiler.run(
                        null,
                        null,
                        errors,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        file.toString());
                assertThat(code).as(errors.toString(UTF_8)).isZero();
                classes.loadClass("Block" + i).getMethod("run").invoke(null);
            }
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8);
    }

    private static List<String> blocks(String language) throws IOException {
        return all(
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL),
                Files.readString(ROOT.resolve("docs/embedding.md")));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
