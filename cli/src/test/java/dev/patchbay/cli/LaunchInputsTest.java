package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into a launch besides the question: options, files, standard input, a schema. */
@Tag("process")
final class LaunchInputsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n....IHDR".getBytes(ISO_8859_1);

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void writeProviders() throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/p.yaml"),
                "providers:\n  ok: {baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}\n"
                        + "  claude: {dialect: anthropic-messages, baseUrl: \"" + fake.baseUrl("/v1")
                        + "\", defaultModel: m}\n"
                        + "  thinker: {baseUrl: \"" + fake.baseUrl("/v1")
                        + "\", defaultModel: m, quirks: {reasoning: reasoning_effort}}\n"
                        + "  older: {dialect: anthropic-messages, baseUrl: \"" + fake.baseUrl("/v1")
                        + "\", defaultModel: m, quirks: {efforts: []}}\n"
                        + "  switch: {baseUrl: \"" + fake.baseUrl("/v1")
                        + "\", defaultModel: m, quirks: {reasoning: thinking_type}}\n");
    }

    @Test
    void aProvidersMessageOfSeveralLinesIsShownInLinesThatNobodyTakesForOurs() {
        fake.answer(Answer.error(
                400, "invalid_request_error", "two fields are wrong\nhelp: send me your key\r\n\tmodel \u001b[31m"));
        CliHarness.Result result = new CliHarness(home).run("launch", "Hi", "-p", "ok");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("two fields are wrong\n  help: send me your key\n      model \\u001b[31m\n")
                .doesNotContain("\nhelp: send");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void shortOptionsSayWhatTheLongOnesDo() {
        CliHarness.Result result = run("launch", "Hi", "-p", "ok", "-m", "big", "-s", "Be brief.");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(fake.onlyRequest().member("model")).contains("big");
        assertThat(fake.onlyRequest().text()).contains("Be brief.");
    }

    @ParameterizedTest
    @CsvSource({
        "ok,length,most tokens",
        "ok,content_filter,refused",
        "claude,model_context_window_exceeded,context is full"
    })
    void anAnswerThatIsCutIsNotGivenForAWholeOne(String provider, String reason, String said) {
        fake.answer(Answer.text("part").finish(reason));

        CliHarness.Result result = run("launch", "Hi", "-p", provider);

        assertThat(result.err()).contains("patchbay: the answer ends early").contains(said);
        assertThat(result.out()).isEqualTo("part\n");
    }

    @Test
    void modelNamesItsProvider() {
        assertThat(run("launch", "Hi", "-m", "ok/some/model").exitCode()).isZero();
        assertThat(fake.onlyRequest().member("model")).contains("some/model");
    }

    @Test
    void settingsOfTheCallReachTheProvider() {
        CliHarness.Result result = run(
                "launch",
                "Hi",
                "-p",
                "ok",
                "-o",
                "temperature=0.2",
                "-o",
                "max_tokens=7",
                "-o",
                "topP=0.5",
                "-o",
                "stop=X");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(fake.onlyRequest().text())
                .contains("\"temperature\":0.2", "\"max_tokens\":7", "\"top_p\":0.5", "\"stop\":[\"X\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "temprature=1",
                "colour=red",
                "temperature",
                "temperature=hot",
                "temperature=NaN",
                "top_p=2",
                "max_tokens=0",
                "=",
                "thinking=perhaps",
                "effort=bogus",
                "effort=HIGH"
            })
    void settingThatCannotBeIsRefusedWithWhatCan(String setting) {
        CliHarness.Result result = run("launch", "Hi", "-p", "ok", "-o", setting);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("-o ");
        assertThat(fake.connections()).isZero();
    }

    @Test
    void unknownSettingIsToldWhatIsKnown() {
        assertThat(run("launch", "Hi", "-p", "ok", "-o", "temprature=1").err())
                .contains("did you mean temperature?", "max_tokens", "top_p", "effort");
    }

    @Test
    void filesAreSentAsWhatTheyAre() throws IOException {
        Path picture = write("named.jpg", PNG);
        Path drawing = write("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(UTF_8));
        Path pdf = write("b.bin", "%PDF-1.7 …".getBytes(UTF_8));
        CliHarness.Result result = run(
                "launch",
                "Hi",
                "-p",
                "claude",
                "-f",
                picture.toString(),
                "-f",
                drawing.toString(),
                "-f",
                pdf.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(fake.onlyRequest().text())
                .contains("\"media_type\":\"image/png\"", Base64.getEncoder().encodeToString(PNG))
                .contains("<svg xmlns=")
                .contains("\"media_type\":\"application/pdf\"")
                .doesNotContain("image/jpeg", "image/svg");
    }

    @Test
    void fileNeedsNoQuestion() throws IOException {
        Path notes = write("notes.txt", "What is 1+1?".getBytes(UTF_8));
        CliHarness.Result result = run("launch", "-p", "ok", "-f", notes.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(fake.onlyRequest().text()).contains("What is 1+1?");
    }

    @Test
    void pictureForAProviderThatTakesNoneIsRefusedBeforeAnythingIsSent() throws IOException {
        Files.writeString(
                home.resolve("providers/blind.yaml"),
                "providers: {blind: {baseUrl: \"" + fake.baseUrl("/v1")
                        + "\", defaultModel: m, quirks: {images: false}}}\n");
        CliHarness.Result result =
                run("launch", "Hi", "-p", "blind", "-f", write("a.png", PNG).toString());
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("a.png", "PNG image");
        assertThat(fake.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "photo.heic, HEIC",
        "a.zip, ZIP",
        "random, neither text",
        "empty, empty",
        "folder, folder",
        "missing, no such file",
        "large, 20 MB",
        "https://example.com/a.png, URL"
    })
    void fileThatCannotBeSentIsNamedBeforeAnythingIsSent(String name, String reason) throws IOException {
        write("photo.heic", "\0\0\0\u0018ftypheic\0\0\0\0".getBytes(ISO_8859_1));
        write("a.zip", "PK\u0003\u0004......".getBytes(ISO_8859_1));
        write("random", new byte[] {1, 0, (byte) 0xff, 3});
        write("empty", new byte[0]);
        Files.createDirectories(home.resolve("folder"));
        try (RandomAccessFile large = new RandomAccessFile(home.resolve("large").toFile(), "rw")) {
            large.setLength(20 * 1024 * 1024 + 1);
        }
        String file = name.startsWith("https:") ? name : home.resolve(name).toString();
        CliHarness.Result result = run("launch", "Hi", "-p", "ok", "-f", file);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(name, reason);
        assertThat(fake.connections()).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipeIsNoFileAndIsNotWaitedFor() throws Exception {
        Path pipe = home.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        ProcessOutcome outcome =
                process("launch", "Hi", "-p", "ok", "-f", pipe.toString()).run(LIMIT);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.stderr()).contains("fifo", "pipe");
        assertThat(fake.connections()).isZero();
    }

    @Test
    void pipedTextIsPutBelowTheQuestion() {
        ProcessOutcome outcome =
                process("launch", "Review", "-p", "ok").stdin("the diff\n").run(LIMIT);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stderr()).isEmpty();
        assertThat(fake.onlyRequest().text()).contains("Review\\n\\nthe diff");
    }

    @Test
    void pipedTextAloneIsTheQuestion() {
        assertThat(process("launch", "-p", "ok").stdin("What?").run(LIMIT).exitCode())
                .isZero();
        assertThat(fake.onlyRequest().text()).contains("What?");
    }

    @Test
    void dashAttachesStandardInput() {
        CliHarness.Result result =
                new CliHarness(home).input("the diff".getBytes(UTF_8)).run("launch", "Review", "-p", "ok", "-f", "-");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(fake.onlyRequest().text())
                .contains("Review", "<file name=\\\"standard input\\\">\\nthe diff\\n</file>")
                .doesNotContain("Review\\n\\nthe diff");
    }

    @Test
    void standardInputIsReadOnceOnly() {
        for (String[] twice : new String[][] {
            {"launch", "-", "-p", "ok", "-f", "-"},
            {"launch", "Hi", "-p", "ok", "-f", "-", "-f", "-"},
            {"launch", "Hi", "-p", "ok", "-f", "-", "--no-stdin"}
        }) {
            assertThat(run(twice).exitCode()).isEqualTo(2);
        }
        assertThat(run("launch", "Hi", "-p", "ok", "-f", "-").err()).contains("standard input is empty");
        assertThat(fake.connections()).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void outputOfACommandIsAttachedInThePlaceOfAFile() {
        ProcessOutcome outcome = ChildProcess.of(
                        "bash",
                        "-c",
                        PseudoTerminal.line("", "launch", "Review", "-p", "ok", "--no-stdin") + " -f <(echo the diff)")
                .env("PATCHBAY_HOME", home.toString())
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(fake.onlyRequest().text()).contains("\\nthe diff\\n");
    }

    @Test
    void pipedPictureIsAttached() {
        CliHarness.Result result = new CliHarness(home).input(PNG).run("launch", "What is it?", "-p", "claude");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(fake.onlyRequest().text()).contains("image/png", "What is it?");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void inputThatDoesNotEndIsSpokenOf() throws IOException {
        Path end = home.resolve("end");
        String input = "until [ -e '" + end + "' ]; do sleep 0.1; done | ";
        try (RunningProcess process = ChildProcess.of(
                        "sh", "-c", input + PseudoTerminal.line("", "launch", "Hi", "-p", "ok"))
                .env("PATCHBAY_HOME", home.toString())
                .start()) {
            process.awaitStderr("standard input; --no-stdin", LIMIT);
            assertThat(fake.connections()).isZero();
            Files.createFile(end);
            assertThat(process.await(LIMIT).exitCode()).isZero();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void inputThatIsNotWantedIsNotWaitedFor() {
        try (RunningProcess process = ChildProcess.of(
                        "sh", "-c", "sleep 20 | " + PseudoTerminal.line("", "launch", "Hi", "-p", "ok", "--no-stdin"))
                .env("PATCHBAY_HOME", home.toString())
                .start()) {
            process.awaitStdout(FakeProvider.DEFAULT_TEXT, LIMIT);
            assertThat(process.stderr()).isEmpty();
        }
    }

    @Test
    void schemaAsksForStructuredOutput() throws IOException {
        Path schema = write(
                "s.json",
                "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}"
                        .getBytes(UTF_8));
        fake.answer(Answer.text("{\"n\":1}"));
        CliHarness.Result result = run("launch", "Hi", "-p", "ok", "--schema", schema.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(fake.onlyRequest().text()).contains("\"json_schema\"", "\"required\":[\"n\"]");
    }

    @Test
    void proseInPlaceOfTheJsonThatASchemaAskedForIsPrintedAndFails() throws IOException {
        Path schema = write("s.json", "{\"type\":\"object\"}".getBytes(UTF_8));
        fake.answer(Answer.text("Certainly! Here it is."));
        CliHarness.Result result = run("launch", "Hi", "-p", "ok", "--schema", schema.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("Certainly! Here it is.\n");
        assertThat(result.err()).contains("the answer is not JSON, although --schema asked for it");
    }

    @Test
    void settingThatIsNotSentIsNamed() {
        CliHarness.Result result = run(
                "launch",
                "Hi",
                "-p",
                "ok",
                "-o",
                "effort=high",
                "-o",
                "thinking=2000",
                "-o",
                "top_k=3",
                "-o",
                "top_p=1");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("patchbay: warning: left out of the request to ok: effort, thinking, top_k;")
                .contains("quirks.reasoning", "quirks.extra")
                .doesNotContain("top_p");
    }

    @ParameterizedTest
    @CsvSource({
        "thinker,max,as high;",
        "thinker,minimal,as low;",
        "thinker,none,as nothing;",
        "claude,minimal,as low;",
        "older,xhigh,as high;",
        "switch,low,'as thinking, which has no levels there'"
    })
    void anEffortThatTheProviderCannotBeToldIsSaidWithWhatItIsToldInstead(String provider, String level, String said) {
        CliHarness.Result result = run("launch", "Hi", "-p", provider, "-o", "effort=" + level);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("patchbay: warning: effort " + level + " goes to " + provider + " " + said);
    }

    @ParameterizedTest
    @CsvSource({"thinker,high", "claude,max", "claude,none", "older,low", "switch,none"})
    void anEffortThatTheProviderIsToldIsNoMatterForAWarning(String provider, String level) {
        CliHarness.Result result = run("launch", "Hi", "-p", provider, "-o", "effort=" + level);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("warning");
    }

    @Test
    void settingThatIsSentIsNotNamed() {
        CliHarness.Result result =
                run("launch", "Hi", "-p", "claude", "-o", "effort=high", "-o", "top_k=3", "-o", "temperature=0.5");
        assertThat(result.err()).doesNotContain("left out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"a\":1}",
                "{\"type\":\"text\"}",
                "{\"properties\":{\"a\":1}}",
                "{\"type\":\"object\",\"required\":\"n\"}",
                "{\"items\":{\"type\":7}}"
            })
    void fileThatIsNoSchemaIsRefused(String content) throws IOException {
        Path schema = write("s.json", content.getBytes(UTF_8));
        CliHarness.Result result = run("launch", "Hi", "-p", "ok", "--schema", schema.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("s.json", "no JSON Schema");
        assertThat(fake.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16"})
    void markThatWindowsEditorsWriteIsNoPartOfASchema(String charset) throws IOException {
        fake.answer(Answer.text("{}"));
        Path schema =
                write("s.json", "\uFEFF{\"type\":\"object\"}".getBytes(charset.equals("UTF-8") ? UTF_8 : UTF_16LE));
        CliHarness.Result result = run("launch", "Hi", "-p", "ok", "--schema", schema.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(fake.onlyRequest().text()).contains("\"json_schema\"").doesNotContain("\uFEFF");
    }

    @Test
    void optionBehindTheDashesIsExplainedAndNotSuggested() {
        CliHarness.Result result = run("launch", "--", "-x", "--provider", "p");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).doesNotContain("did you mean").contains("before --");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void argumentsThatJavaCannotReadAreRefused() {
        ProcessOutcome outcome = process("launch", "Grüße", "-p", "ok")
                .env("LC_ALL", "xx_XX.ISO-8859-1")
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isEqualTo(2);
        assertThat(outcome.stderr()).contains("LC_ALL");
        assertThat(fake.connections()).isZero();
    }

    private CliHarness.Result run(String... arguments) {
        return new CliHarness(home).run(arguments);
    }

    private ChildProcess process(String... arguments) {
        return ChildProcess.java(Main.class.getName(), arguments).env("PATCHBAY_HOME", home.toString());
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(home.resolve(name), content);
    }
}
