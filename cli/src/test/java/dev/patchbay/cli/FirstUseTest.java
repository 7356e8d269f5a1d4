package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.testkit.FakeProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody meets who begins. */
final class FirstUseTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"launch Hello", "run claude", "chat"})
    void whoeverHasNoProviderYetIsToldWhatCanBeDone(String command) {
        CliHarness.Result result = harness().run(command.split(" "));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .contains(
                        "no provider was named, and none has a key yet; nothing was sent",
                        "ANTHROPIC_API_KEY (anthropic), BASETEN_API_KEY (baseten), OPENROUTER_API_KEY (openrouter)",
                        "patchbay providers presets",
                        "patchbay providers new",
                        "--provider demo");
        assertThat(result.err().lines()).hasSize(2);
    }

    @Test
    void aKeyOfAPresetThatIsSetIsNamedThen() {
        assertThat(harness()
                        .variable("MISTRAL_API_KEY", "a-key-of-mistral")
                        .run("launch", "Hello")
                        .err())
                .contains("set for presets: $MISTRAL_API_KEY (mistral)")
                .doesNotContain("BASETEN_API_KEY");
    }

    @Test
    void aModelThatIsMissingIsAskedForByTheShortOption() {
        assertThat(harness()
                        .run("launch", "Hello", "--base-url", "http://localhost:9/v1")
                        .err())
                .contains("the launch must give --model\n", "help: give --model, or")
                .doesNotContain("--model-override");
    }

    @Test
    void aLocalServerWithoutItsSchemeIsMeantWithHttp() {
        assertThat(harness()
                        .run("launch", "Hello", "-m", "m", "--base-url", "localhost:11434/v1")
                        .err())
                .contains("did you mean http://localhost:11434/v1?");
    }

    @Test
    void aPipeEndsATalkAsATerminalDoes() throws IOException {
        CliHarness.Result talk =
                harness().input("Hello\n/quit\nNever asked\n".getBytes(UTF_8)).run("chat", "-p", "demo");
        assertThat(talk.exitCode()).isZero();
        assertThat(talk.out()).contains("You asked: Hello").doesNotContain("/quit", "Never asked");
    }

    @Test
    void aProviderThatLacksAVariableIsListedAsItsFileSaysIt() throws IOException {
        providers("shy: {baseUrl: \"$SHY_URL/v1\", auth: none, defaultModel: \"model-of-shy\"}");
        assertThat(harness().run("providers", "list").out()).contains("$SHY_URL/v1", "model-of-shy");
    }

    @Test
    void aSessionIsShownWithTheAddressOfItsProvider() throws IOException {
        try (FakeProvider fake = FakeProvider.start()) {
            providers("ok: {baseUrl: \"" + fake.baseUrl("/v1") + "\", auth: none, defaultModel: m}");
            assertThat(harness().run("launch", "Hello", "-p", "ok").exitCode()).isZero();
            String id = harness()
                    .run("sessions", "list")
                    .out()
                    .lines()
                    .toList()
                    .get(1)
                    .split(" ")[0];
            assertThat(harness().run("sessions", "show", id).out()).contains("- base URL: " + fake.baseUrl("/v1"));
        }
    }

    @Test
    void foldersThatDoNotCountAreNamed() {
        CliHarness.Result doctor = harness()
                .variable("PATCHBAY_HOME", "")
                .variable("PATCHBAY_STORE", "off")
                .variable("HOME", "here")
                .variable("XDG_STATE_HOME", "there")
                .run("doctor", "--home", home.toString());
        assertThat(doctor.out())
                .contains("warn   HOME: here is relative and does not count; " + System.getProperty("user.home"))
                .contains("warn   XDG_STATE_HOME: there is relative and does not count");
    }

    @Test
    void whoeverSeesItIsToldThatNothingWasPipedIn() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                false,
                Output.needed(new ByteArrayOutputStream(), false),
                Output.optional(err, true),
                Environment.of(Map.of("PATCHBAY_HOME", home.toString(), "PATCHBAY_STORE", "off")));
        assertThat(new Cli(terminal).run("launch", "Review this", "-p", "demo")).isZero();
        assertThat(err.toString(UTF_8)).contains("patchbay: nothing came from standard input; the question goes alone");
    }

    private CliHarness harness() {
        return new CliHarness(home);
    }

    private void providers(String definition) throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/p.yaml"), "providers:\n  " + definition + "\n");
    }
}
