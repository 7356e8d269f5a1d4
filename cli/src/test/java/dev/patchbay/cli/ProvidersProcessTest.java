package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Golden;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that look at provider files, as processes of their own. */
@Tag("process")
final class ProvidersProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String KEY = "canary-key-0815";

    private static final String TEAM = """
            providers:
              team:
                name: Team gateway
                keyUrl: https://team.example/keys
                baseUrl: https://gateway.team.example/v1
                auth: {type: header, header: X-Team-Key, key: $TEAM_KEY}
                headers: {X-Unit: platform}
                models: {large: {context: 131072}, small: {}}
                aliases: {sonnet: large}
                defaultModel: sonnet
              unset:
                baseUrl: https://unset.example/v1
                apiKey: $NOBODY_SET_THIS
              off: {enabled: false, baseUrl: "https://off.example/v1"}
            """;

    private static final String BROKEN = """
            providers:
              broken:
                baseURL: https://broken.example/v1
            """;

    @TempDir
    Path home;

    @BeforeEach
    void writeFiles() throws IOException {
        Path providers = Files.createDirectories(home.resolve("providers"));
        Files.writeString(providers.resolve("team.yaml"), TEAM);
        Files.writeString(providers.resolve("broken.yaml"), BROKEN);
        Files.writeString(providers.resolve("_draft.yaml"), "not read");
    }

    @Test
    void listShowsEveryProviderAndEverySkippedFile() {
        ProcessOutcome outcome = patchbay("providers", "list").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        golden("list.txt", outcome);
    }

    @Test
    void listInJsonSaysTheSame() throws IOException {
        ProcessOutcome outcome = patchbay("providers", "list", "--json").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        JsonNode list = new JsonMapper().readTree(outcome.stdout());
        assertThat(list.path("providers").findValuesAsText("id"))
                .contains("anthropic", "openrouter", "baseten", "demo", "team", "unset", "off", "broken");
        assertThat(list.path("skipped")).hasSize(1);
        assertThat(list.path("defaultProvider").textValue()).isEqualTo("team");
    }

    @Test
    void showResolvesEverythingButTheKey() {
        ProcessOutcome outcome = patchbay("providers", "show", "team").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        golden("show.txt", outcome);
        ProcessOutcome json = patchbay("providers", "show", "team", "--json").run(LIMIT);
        assertThat(json.exitCode()).isZero();
        golden("show-json.txt", json);
    }

    @Test
    void showOfAProviderThatIsNotThereSuggestsOthers() {
        ProcessOutcome outcome = patchbay("providers", "show", "taem").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr()).contains("'taem'", "did you mean team?");
    }

    @Test
    void validateReportsEveryProblemWithItsPlace() {
        ProcessOutcome outcome = patchbay("providers", "validate").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        golden("validate.txt", outcome);
    }

    @Test
    void validateInJsonSaysTheSame() throws IOException {
        ProcessOutcome outcome = patchbay("providers", "validate", "--json").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        JsonNode report = new JsonMapper().readTree(outcome.stdout());
        assertThat(report.path("errors").intValue() + report.path("warnings").intValue())
                .isEqualTo(report.path("problems").size());
        assertThat(report.path("problems").findValuesAsText("code")).contains("E101", "E201");
    }

    @Test
    void validateOfNamedFilesLooksAtThemAlone() {
        String good = home.resolve("providers/team.yaml").toString();
        ProcessOutcome outcome = patchbay("providers", "validate", good)
                .env("NOBODY_SET_THIS", KEY)
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stdout()).isZero();
        assertThat(outcome.stdout()).startsWith("0 errors");
    }

    @Test
    void launchOfOneProviderMentionsTheProblemsOfOthersInOneLine() {
        ProcessOutcome outcome =
                patchbay("launch", "Hello", "--provider", "demo").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stderr())
                .isEqualTo("patchbay: 1 problem in provider files; see: patchbay providers validate\n");
    }

    @Test
    void launchWithoutItsKeyNamesVariableFileLineAndColumn() {
        ProcessOutcome outcome =
                patchbay("launch", "Hello", "--provider", "unset").run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr()).contains("NOBODY_SET_THIS", "team.yaml:13:13", "nothing was sent");
    }

    @Test
    void launchWithABaseUrlOfItsOwnLeavesTheKeyOfTheFileBehind() {
        try (FakeProvider fake = FakeProvider.start()) {
            ProcessOutcome outcome = patchbay(
                            "launch",
                            "Hello",
                            "--provider",
                            "team",
                            "--base-url",
                            fake.baseUrl("/v1").toString())
                    .run(LIMIT);
            assertThat(fake.sawAnywhere(KEY)).isFalse();
            assertThat(outcome.stdout() + outcome.stderr()).doesNotContain(KEY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "providers list",
                "providers show team",
                "providers validate",
                "providers models",
                "plugins list",
                "doctor",
                "--help"
            })
    void commandsThatOnlyLookNeitherLoadHttpNorGuiceAndNeedNoServer(String command) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stderr",
                "-cp",
                withoutServer(),
                Main.class.getName()));
        words.addAll(List.of(command.split(" ")));
        ProcessOutcome outcome = environment(ChildProcess.of(words)).run(LIMIT);
        assertThat(outcome.stderr().lines())
                .anyMatch(line -> line.contains(" dev.patchbay.cli."))
                .noneMatch(line -> line.contains(" java.net.http.") || line.contains(" com.google.inject."));
    }

    /** The class path that the launcher gives to all commands but those that serve. */
    private static String withoutServer() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(netty|vertx|micrometer|prometheus|HdrHistogram)-[^/]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void golden(String name, ProcessOutcome outcome) {
        assertThat(outcome.stdout() + outcome.stderr()).doesNotContain(KEY);
        Golden.files()
                .replacing(home, "<home>")
                // The columns are as wide as the path of this run.
                .normalising(text -> text.replaceAll("(\\S) {2,}", "$1  "))
                .check("ProvidersProcessTest/" + name, outcome.stdout() + "--- stderr\n" + outcome.stderr());
    }

    private ChildProcess patchbay(String... arguments) {
        return environment(ChildProcess.java(Main.class.getName(), arguments));
    }

    private ChildProcess environment(ChildProcess process) {
        return process.env("PATCHBAY_HOME", home.toString()).env("TEAM_KEY", KEY);
    }
}
