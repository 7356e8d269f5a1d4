package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code providers explain}: which value won and why. */
final class ExplainCommandTest {

    private static final String KEY = "canary-key-0815";

    private static final String USER = """
            providers:
              team:
                baseUrl: ${TEAM_HOST}/v1
                auth: {type: header, header: X-Team-Key, key: $TEAM_KEY}
                headers: {X-Unit: "${TEAM_UNIT:-platform}", X-Token: "Token $TEAM_KEY"}
                body: {set: {user: $TEAM_KEY}}
                models: {large: {context: 131072}, small: {}}
                aliases: {sonnet: large}
              team.eu:
                extends: team
                baseUrl: https://eu.team.example/v1
                models: {small: null}
              anthropic:
                extends: anthropic
                aliases: {sonnet: claude-sonnet-4-5, haiku: null}
              openrouter: {baseUrl: "https://own.example/v1", auth: none}
            """;

    private static final String TEAM = """
            providers:
              team:
                extends: team
                aliases: {sonnet: small}
            """;

    @TempDir
    Path home;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("providers")).resolve("user.yaml"), USER);
        Files.writeString(home.resolve("over.yaml"), TEAM);
    }

    @Test
    void showsEveryValueWithItsPlaceAndWhatItOverrode() {
        golden("team.txt", run("team"));
    }

    @Test
    void showsWhatWasLeftBehindAndWhatWasRemoved() {
        golden("team.eu.txt", run("team.eu"));
    }

    @Test
    void showsOnePartOfABuiltInThatIsChanged() {
        golden("anthropic-aliases.txt", run("anthropic.aliases"));
        assertThat(run("anthropic").out()).contains("changes built-in:anthropic.yaml");
        assertThat(run("openrouter").out()).contains("in place of built-in:openrouter.yaml");
    }

    @Test
    void saysTheSameInJson() throws IOException {
        CliHarness.Result result = run("team.headers", "--json");
        golden("team-headers.json", result);
        JsonNode all = new JsonMapper().readTree(run("team", "--json").out());
        assertThat(all.path("id").textValue()).isEqualTo("team");
        assertThat(all.path("values").size()).isGreaterThan(20);
    }

    @Test
    void whatTheCatalogueFillsInHasItsDayBesideIt() throws IOException {
        String day = "models\\.dev of \\d{4}-\\d{2}-\\d{2}, entry deepseek\n";
        Files.writeString(
                home.resolve("providers/cat.yaml"),
                "providers: {cat: {baseUrl: \"http://127.0.0.1:9/v1\", auth: none, catalog: deepseek, defaultModel: deepseek-chat,"
                        + " models: {deepseek-chat: {context: 1000}}}}\n");
        assertThat(run("cat").out())
                .containsPattern("models\\.deepseek-chat\\.context +1000 +\\S*cat\\.yaml:")
                .containsPattern("models\\.deepseek-chat\\.maxOutput +\\d+ +" + day)
                .containsPattern("models\\.deepseek-chat\\.price\\.input +[0-9.]+ +" + day);
        assertThat(run("cat.models.deepseek-chat.price").out())
                .containsPattern("price\\.output +[0-9.]+ +" + day)
                .doesNotContain("context");
        JsonNode filled = new JsonMapper()
                .readTree(run("cat.models", "--json").out())
                .path("catalog")
                .path("values");
        assertThat(filled.findValuesAsText("field"))
                .contains("models.deepseek-chat.maxOutput", "models.deepseek-chat.price.input")
                .doesNotContain("models.deepseek-chat.context");
    }

    @Test
    void anIdWithADotIsNoPath() {
        assertThat(run("team.eu.baseUrl").out()).contains("https://eu.team.example/v1", "overrode");
    }

    @Test
    void aFieldThatNobodySetsIsNoMistake() {
        CliHarness.Result result = run("team.fallback");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("fallback is not set, and has no default.");
        assertThat(run("team.quirks.efforts").out())
                .startsWith("quirks.efforts is not set; by default it is [low, medium, high].");
    }

    @Test
    void whatIsNotThereIsAnsweredWithWhatIs() {
        CliHarness.Result path = run("team.alias.sonnet");
        assertThat(path.exitCode()).isEqualTo(3);
        assertThat(path.err()).contains("'alias.sonnet'", "did you mean aliases.sonnet");
        CliHarness.Result provider = run("taem.aliases");
        assertThat(provider.exitCode()).isEqualTo(3);
        assertThat(provider.err()).contains("'taem'", "did you mean team?");
        assertThat(run().exitCode()).isEqualTo(2);
    }

    private CliHarness.Result run(String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "providers";
        all[1] = "explain";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[all.length - 2] = "--config";
        all[all.length - 1] = home.resolve("over.yaml").toString();
        return new CliHarness(home)
                .variable("TEAM_HOST", "https://team.example")
                .variable("TEAM_KEY", KEY)
                .run(all);
    }

    private void golden(String name, CliHarness.Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out() + result.err()).doesNotContain(KEY);
        Golden.files()
                .replacing(home, "<home>")
                .normalising(text -> text.replaceAll("(\\S) {2,}", "$1  "))
                .check("ExplainCommandTest/" + name, result.transcript());
    }
}
