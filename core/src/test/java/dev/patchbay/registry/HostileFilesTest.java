package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.TextRenderer;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Layer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to break a reader: one diagnostic each, no stack trace, and the good file beside them loads. */
final class HostileFilesTest {

    @TempDir
    Path folder;

    @Test
    void eachGivesOneDiagnosticAndTheOthersLoad() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put(write("01-large.yaml", "# " + "x".repeat(10 << 20)), "E003");
        expected.put(write("02-aliases.yaml", aliasBomb()), "E007");
        expected.put(write("03-depth.yaml", "a: " + "[".repeat(200_000)), "E006");
        expected.put(write("04-blocks.yaml", "- ".repeat(100_000) + "x"), "E006");
        expected.put(write("05-utf8.yaml", new byte[] {'a', ':', ' ', (byte) 0xff}), "E004");
        expected.put(write("06-duplicates.yaml", "version: 1\nversion: 1\nproviders: {}\n"), "E011");
        expected.put(write("07-tabs.yaml", "providers:\n\tgroq: {}\n"), "E012");
        expected.put(write("08-zero.yaml", "a: \u0000"), "E005");
        expected.put(write("09-tag.yaml", "x-a: !!javax.script.ScriptEngineManager [x]\nproviders: {}\n"), "E009");
        write("10-good.yaml", "providers: {good: {baseUrl: https://good.example}}");
        RegistrySnapshot snapshot = build();
        assertThat(snapshot.find("good").orElseThrow().isReady()).isTrue();
        Map<String, String> found = new LinkedHashMap<>();
        for (Diagnostic diagnostic : snapshot.diagnostics()) {
            String file = Path.of(diagnostic.location().source()).getFileName().toString();
            assertThat(found.put(file, diagnostic.code().id())).isNull();
        }
        assertThat(found).isEqualTo(expected);
        assertThat(TextRenderer.render(snapshot.diagnostics())).doesNotContain("Exception", "\tat ", "org.yaml");
    }

    @Test
    void aFileFullOfMistakesIsReadAndRenderedInReasonableTime() throws IOException {
        StringBuilder mistakes = new StringBuilder("providers:\n");
        for (int i = 0; i < 2_000; i++) {
            mistakes.append("  p")
                    .append(i)
                    .append(": {extends: q")
                    .append(i)
                    .append(", apiKey: literal, unknown: 1}\n");
        }
        write("mistakes.yaml", mistakes.toString());
        String report = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> TextRenderer.render(build().diagnostics()));
        assertThat(report).contains("p1999").doesNotContain("literal,");
    }

    @Test
    void oneKeySharedByThousandsOfDefinitionsIsNoTrouble() throws IOException {
        StringBuilder shared = new StringBuilder("x-key: &k |\n");
        shared.append("  line\n".repeat(10_000)).append("providers:\n");
        for (int i = 0; i < 1_000; i++) {
            shared.append("  p").append(i).append(": {baseUrl: \"https://p.example\", apiKey: *k}\n");
        }
        write("shared.yaml", shared.toString());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> TextRenderer.render(build().diagnostics()));
    }

    @Test
    void aLongChainAndAWideCircleEndInDiagnostics() {
        StringBuilder chain = new StringBuilder("a0: {baseUrl: https://a.example}\n");
        StringBuilder circle = new StringBuilder();
        for (int i = 1; i < 1_000; i++) {
            chain.append("a%d: {extends: a%d}\n".formatted(i, i - 1));
            circle.append("c%d: {extends: c%d}\n".formatted(i, i % 999 + 1));
        }
        RegistrySnapshot snapshot =
                Registries.with(Layer.USER, chain.toString() + circle).build();
        assertThat(snapshot.diagnostics())
                .extracting(diagnostic -> diagnostic.code().id())
                .containsOnlyOnce("E407")
                .containsOnlyOnce("E406")
                .hasSize(2);
        assertThat(snapshot.find("a8").orElseThrow().isReady()).isTrue();
        assertThat(snapshot.find("a9").orElseThrow().state()).isEqualTo(ProviderState.INVALID);
    }

    private RegistrySnapshot build() {
        return RegistrySnapshot.builder()
                .environment(Environment.of(Map.of()))
                .folder(Layer.USER, folder)
                .build();
    }

    private String write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private String write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
        return name;
    }

    private static String aliasBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }
        return bomb.toString();
    }
}
