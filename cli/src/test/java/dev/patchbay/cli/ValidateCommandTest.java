package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code providers validate}: everything at once, for people and for programs alike. */
final class ValidateCommandTest {

    private static final Pattern PLACE =
            Pattern.compile("^(\\S.*?)(?::(\\d+):(\\d+))?: (error|warning)\\[(E\\d{3})]: (.*)$", Pattern.MULTILINE);

    /** The provider files of core's tests: every mistake that there is a code for. */
    private static final Path CORPUS = Path.of("..", "core", "src", "test", "resources", "corpus");

    @TempDir
    Path home;

    @Test
    void textAndJsonReportTheSameAtTheSamePlaces() throws IOException {
        String[] folders = Stream.of("good", "syntax", "mistakes")
                .map(part -> CORPUS.resolve(part).toString())
                .toArray(String[]::new);
        CliHarness.Result text = validate(folders);
        CliHarness.Result json =
                validate(Stream.concat(Stream.of("--json"), Stream.of(folders)).toArray(String[]::new));
        assertThat(text.exitCode()).isEqualTo(3);
        assertThat(json.exitCode()).isEqualTo(3);
        List<String> inJson = new ArrayList<>();
        for (JsonNode problem : new JsonMapper().readTree(json.out()).path("problems")) {
            inJson.add(String.join(
                    " ",
                    problem.path("file").textValue(),
                    problem.path("line").asText(""),
                    problem.path("column").asText(""),
                    problem.path("severity").textValue(),
                    problem.path("code").textValue(),
                    problem.path("message").textValue()));
        }
        List<String> inText = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text.out());
        while (matcher.find()) {
            inText.add(String.join(
                    " ",
                    matcher.group(1),
                    Objects.requireNonNullElse(matcher.group(2), ""),
                    Objects.requireNonNullElse(matcher.group(3), ""),
                    matcher.group(4),
                    matcher.group(5),
                    matcher.group(6)));
        }
        assertThat(inText).hasSizeGreaterThan(50).isEqualTo(inJson);
    }

    /** A small file can hold tens of thousands of mistakes, and each takes some lines to tell. */
    @Test
    void textHasALimitAndSaysWhatIsNotShown() throws IOException {
        Path file = home.resolve("many.yaml");
        Files.writeString(
                file,
                "providers:\n"
                        + Stream.iterate(1, i -> i + 1)
                                .limit(1_100)
                                .map(i -> "  p" + i + ": {baseUrl: https://a.example/v1, auth: none, bogus: 1}\n")
                                .reduce("", String::concat));

        CliHarness.Result text = validate(file.toString());
        CliHarness.Result json = validate("--json", file.toString());

        assertThat(PLACE.matcher(text.out()).results()).hasSize(1_000);
        assertThat(text.out())
                .contains("100 more are not shown; --json has them all")
                .contains("1100 errors");
        assertThat(new JsonMapper().readTree(json.out()).path("problems")).hasSize(1_100);
    }

    /** What a hint says to type looks at the same files. */
    @Test
    void commandsInHintsHaveThePlacesThatWereNamed() throws IOException {
        Path file = home.resolve("two words.yaml");
        Files.writeString(
                file,
                "defaultProvider: nope\nproviders:\n"
                        + Stream.iterate(1, i -> i + 1)
                                .limit(30)
                                .map(i -> "  p" + i + ": {baseUrl: https://a.example/v1, auth: none}\n")
                                .reduce("", String::concat));
        String command = "`patchbay --config '" + file.toAbsolutePath() + "' providers list`";
        for (String[] words : new String[][] {{"providers", "validate"}, {"providers", "validate", "--json"}}) {
            List<String> all = new ArrayList<>(List.of("--config", file.toString()));
            all.addAll(List.of(words));
            assertThat(new CliHarness(home).run(all.toArray(String[]::new)).out())
                    .contains(command);
        }
    }

    @Test
    void aWarningIsAnErrorOnlyWhereThatIsWanted() throws IOException {
        String file = write("warned.yaml", "a: {baseUrl: https://a.example/v1, auth: none, models: {x: null}}");
        CliHarness.Result usual = validate(file);
        assertThat(usual.exitCode()).isZero();
        assertThat(usual.out()).contains("warning[E410]", "0 errors, 1 warning");
        assertThat(validate(file, "--strict").exitCode()).isEqualTo(3);
    }

    @Test
    void anAddressOfAnOperationIsAWarningWhereTheBaseUrlStands() throws IOException {
        String file = write("pasted.yaml", "a: {baseUrl: https://a.example/v1/chat/completions, auth: none}");
        String warning = "the base URL ends in an operation's path, /chat/completions, which is left off: a base URL is"
                + " everything before the operation, here https://a.example/v1";
        CliHarness.Result validated = validate(file);
        assertThat(validated.exitCode()).isZero();
        assertThat(validated.out())
                .startsWith(file + ":2:16: warning[E108]: " + warning)
                .contains("0 errors, 1 warning, ");
        CliHarness harness = new CliHarness(home);
        assertThat(harness.run("providers", "explain", "a", "--config", file).out())
                .contains("\nwarning: " + warning + " (" + file + ":2:16)\n");
        assertThat(new JsonMapper()
                        .readTree(harness.run("providers", "explain", "a", "--config", file, "--json")
                                .out())
                        .path("problems")
                        .findValuesAsText("message"))
                .containsExactly(warning);
    }

    /** In another folder, and with the user's own files, there may be nothing to see. */
    @Test
    void everyHintRepeatsThePlacesThatWereNamed() throws IOException {
        String file = write("it's bad.yaml", "b: {baseURL: https://b.example}");
        String hint = "patchbay --home " + home + " --config '" + home + "/it'\\''s bad.yaml' ";
        assertThat(named(file, "launch", "Hi", "-p", "demo").err())
                .startsWith("patchbay: 1 problem in provider files; see: " + hint + "providers validate\n");
        assertThat(named(file, "providers", "list").err()).contains("see: " + hint + "providers validate");
        assertThat(named(file, "providers", "show", "nobody").err()).contains("`" + hint + "providers list --all`");
        assertThat(named(file, "providers", "explain", "demo.nothing").err())
                .contains("`" + hint + "providers explain demo`");
        assertThat(named(file, "launch", "Hi", "-p", "nobody").err())
                .as("of core, which knows no command line")
                .contains("`" + hint + "providers list`", "`" + hint + "providers presets`");
        assertThat(new JsonMapper()
                        .readTree(named(file, "providers", "show", "nobody", "--json")
                                .out())
                        .path("error")
                        .path("problems")
                        .path(0)
                        .path("help")
                        .textValue())
                .startsWith("`" + hint + "providers list --all`");
        assertThat(named(file, "sessions", "show", "nobody").err()).contains("see: " + hint + "sessions list");
        assertThat(named(file, "doctor").out()).contains("see: " + hint + "providers test");
        assertThat(named(file, "providers", "new", "mine").out()).contains("\n  " + hint + "providers validate\n");
    }

    private CliHarness.Result named(String file, String... arguments) {
        return new CliHarness(home.resolve("unused"))
                .run(Stream.concat(Stream.of(arguments), Stream.of("--home", home.toString(), "--config", file))
                        .toArray(String[]::new));
    }

    @Test
    void filesThatAreNamedAreCheckedAlone() throws IOException {
        Files.createDirectories(home.resolve("providers"));
        write("providers/broken.yaml", "b: {baseURL: https://b.example}");
        String file = write("good.yaml", "a: {baseUrl: https://a.example/v1, auth: none}");
        assertThat(validate(file).exitCode()).isZero();
        assertThat(validate().exitCode()).isEqualTo(3);
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        CliHarness.Result result = validate(home.resolve("nowhere.yaml").toString());
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).contains("nowhere.yaml: error[E002]: there is no such file or folder");
    }

    @Test
    void aDialectOfAnInstalledJarIsKnown() throws IOException {
        SampleJar.of("Provider-Spi-Version: 2.0").plugin().writeTo(home.resolve("plugins/sample.jar"));
        String file =
                write("sample.yaml", "a: {dialect: sample, baseUrl: https://a.example/v1, options: {token: $TOKEN}}");
        CliHarness.Result result = validate(file);
        assertThat(result.out()).doesNotContain("E404");
        assertThat(result.exitCode()).isZero();
    }

    private String write(String name, String definition) throws IOException {
        return Files.writeString(home.resolve(name), "providers:\n  " + definition + "\n")
                .toString();
    }

    private CliHarness.Result validate(String... arguments) {
        return new CliHarness(home)
                .variable("TOKEN", "canary-token")
                .run(Stream.concat(Stream.of("providers", "validate"), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
