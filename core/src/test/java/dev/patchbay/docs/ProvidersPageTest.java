package dev.patchbay.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Evaluation;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.template.TemplateException;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/providers.md} are made from the program's own; the text around them is not. */
final class ProvidersPageTest {

    private static final Path DOCS = Path.of(System.getProperty("patchbay.root"), "docs");
    private static final Pattern MADE =
            Pattern.compile("<!-- (fields: )?([^>]*?) -->\n.*?<!-- end -->\n", Pattern.DOTALL);
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static final Environment VARIABLES =
            Environment.of(Map.of("A", "x", "B", "y$A", "E", "", "W", "  ", "P", "pa$$"));
    private static final List<String> TEMPLATES = List.of(
            "$A",
            "a$A-b",
            "${A}B",
            "$AB",
            "$$A",
            "$$$A",
            "$B",
            "$P",
            "https://${M:-h}.x/v1?k=$A",
            "${M:-d}",
            "${E:-d}",
            "${W:-d}",
            "${M:-}",
            "${M:-${E:-z}}",
            "${A:-${N}}",
            "${M:-${N}}",
            "${M:?set M}",
            "$A$M$N",
            "$1",
            "x$",
            "${A",
            "${1A}",
            "${A:=x}",
            "$(id)",
            "${{ secrets.A }}",
            "${env:A}");

    @Test
    void theTablesAreMadeFromTheProgramsOwn() throws IOException {
        Map<String, String> tables = FieldRows.all();
        Set<String> shown = new HashSet<>();
        String page = MADE.matcher(Files.readString(DOCS.resolve("providers.md")))
                .replaceAll(block -> {
                    boolean fields = block.group(1) != null;
                    String name = block.group(2);
                    shown.add(name);
                    assertThat(!fields || tables.containsKey(name)).as(name).isTrue();
                    String made = fields ? tables.get(name) : substitution();
                    return Matcher.quoteReplacement(
                            "<!-- " + (fields ? "fields: " : "") + name + " -->\n" + made + "<!-- end -->\n");
                });
        Golden.in(DOCS).check("providers.md", page);
        assertThat(shown).containsAll(tables.keySet());
    }

    @Test
    void theExamplesWorkAsWritten() throws IOException {
        Matcher blocks = YAML.matcher(Files.readString(DOCS.resolve("providers.md")));
        int count = 0;
        while (blocks.find()) {
            RegistrySnapshot snapshot = RegistrySnapshot.builder()
                    .environment(Environment.of(Map.of(
                            "GROQ_API_KEY", "canary-key",
                            "AZURE_OPENAI_ENDPOINT", "https://resource.openai.azure.com",
                            "AZURE_OPENAI_KEY", "canary-key")))
                    .text(Layer.BUILT_IN, "built-in.yaml", "providers: {anthropic: {baseUrl: \"https://a.example\"}}")
                    .text(Layer.USER, "providers.md", blocks.group(1))
                    .build();
            assertThat(snapshot.diagnostics()).isEmpty();
            count++;
        }
        assertThat(count).isEqualTo(2);
    }

    private static String substitution() {
        StringBuilder rows = new StringBuilder("| template | result |\n|---|---|\n");
        for (String template : TEMPLATES) {
            rows.append("| `")
                    .append(template)
                    .append("` | ")
                    .append(result(template))
                    .append(" |\n");
        }
        return rows.toString();
    }

    private static String result(String template) {
        try {
            Evaluation value = Template.parse(template).evaluate(VARIABLES);
            if (!value.isComplete()) {
                return "not set: "
                        + value.missing().stream()
                                .map(missing -> missing.name()
                                        + missing.message()
                                                .map(text -> ", “" + text + "”")
                                                .orElse(""))
                                .collect(joining(" and "));
            }
            return value.text().isEmpty() ? "empty" : "`" + value.text() + "`";
        } catch (TemplateException e) {
            return "error: " + e.problem();
        }
    }
}
