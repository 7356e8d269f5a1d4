package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that people who know other tools write first. */
final class UsageErrorsTest {

    private static final String CANARY = "canary-0815";

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--api-key",
                "--apiKey",
                "--api_key",
                "--APIKEY",
                "--openai-api-key",
                "--anthropicApiKey",
                "--key",
                "--token",
                "--auth-token",
                "--secret"
            })
    void keyIsNeverAnOption(String option) {
        for (String argument : new String[] {option, option + "=" + CANARY}) {
            CliHarness.Result result = new CliHarness(home).run("launch", "Hi", argument);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("--api-key-env NAME").doesNotContain(CANARY);
        }
    }

    /** A key may be typed wherever a name belongs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY",
                "launch Hi -p demo -o KEY",
                "launch Hi -p demo --config KEY",
                "launch Hi -p KEY",
                "launch Hi -p demo -m KEY",
                "sessions show KEY",
                "sessions update KEY --title T",
                "sessions forget KEY",
                "default KEY",
                "default demo/KEY",
                "providers show KEY",
                "providers test KEY"
            })
    void keyInThePlaceOfANameIsNotRepeatedAndNotWritten(String line) throws IOException {
        String key = "sk-canary" + "0123456789abcdefghijklmn";
        CliHarness.Result result =
                new CliHarness(home).run(line.replace("KEY", key).split(" "));
        assertThat(result.exitCode()).as(line).isIn(2, 3);
        assertThat(result.err() + result.out()).as(line).doesNotContain(key);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain(key);
            }
        }
    }

    @Test
    void wordThatBeginsWithADashMayBeAQuestion() {
        CliHarness.Result result = new CliHarness(home).run("launch", "-explain", "-p", "demo");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("unknown option -explain; a text that begins with - stands last, behind --");
    }

    @Test
    void questionThatBeginsWithADashIsToldWhereToStand() {
        CliHarness.Result result = new CliHarness(home).run("launch", "-5 = " + CANARY, "-p", "demo");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("behind --").doesNotContain(CANARY);
        assertThat(new CliHarness(home)
                        .run("launch", "-p", "demo", "--", "-5 + 3")
                        .exitCode())
                .isZero();
    }

    @Test
    void questionWithoutACommandIsToldWhichOneAsks() {
        CliHarness.Result result = new CliHarness(home).run("Explain " + CANARY);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("`patchbay launch \"QUESTION\"`").doesNotContain(CANARY);
        assertThat(new CliHarness(home).run("explain").err()).contains("explain is no command", "patchbay launch");
        assertThat(new CliHarness(home).run("lauch", "Hi").err()).contains("did you mean launch?");
    }

    /** Read as letters, {@code -model} is the model {@code odel}, which was asked for. */
    @ParameterizedTest
    @CsvSource({"-model,demo/demo", "-provider,demo", "-config,x.yaml", "-model=demo/demo,Hi", "-session,1"})
    void nameOfAnOptionBehindOneDashIsNoLetters(String option, String value) {
        CliHarness.Result result = new CliHarness(home).run("launch", "Hi", option, value);
        String name = option.split("=", 2)[0];
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(name + " is written with two dashes: -" + name);
        assertThat(new CliHarness(home).run("launch", "-pdemo", "--", "-model").exitCode())
                .isZero();
    }

    @Test
    void helpIsTheSameBeforeACommandAndBehindIt() {
        for (String command : new String[] {"launch", "doctor", "sessions"}) {
            CliHarness.Result behind = new CliHarness(home).run(command, "--help");
            assertThat(new CliHarness(home).run("--help", command)).isEqualTo(behind);
            assertThat(behind.exitCode()).isZero();
        }
        assertThat(new CliHarness(home).run("-h", "providers", "show"))
                .isEqualTo(new CliHarness(home).run("providers", "show", "-h"));
    }
}
