package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "launch",
                "gateway",
                "providers",
                "providers list",
                "providers show",
                "providers explain",
                "providers validate",
                "providers test",
                "providers models",
                "providers new",
                "providers presets",
                "providers schema",
                "doctor",
                "plugins",
                "plugins list",
                "plugins verify",
                "completion",
                "help"
            })
    void everyCommandExplainsItself(String command) {
        String[] arguments = (command + " --help").strip().split(" ");
        CliHarness.Result result = new CliHarness(home).run(arguments);
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        String name = command.isEmpty() ? "patchbay" : command.replace(' ', '-');
        Golden.assertMatches(HelpTest.class, name + ".txt", result.out());
    }

    @Test
    void helpCommandSaysTheSame() {
        String option = new CliHarness(home).run("providers", "list", "--help").out();
        assertThat(new CliHarness(home).run("help", "providers", "list").out()).isEqualTo(option);
        assertThat(new CliHarness(home).run("help").out())
                .isEqualTo(new CliHarness(home).run("--help").out());
        assertThat(new CliHarness(home).run("help", "lunch").err()).contains("did you mean launch?");
    }

    @Test
    void versionIsOneLine() {
        CliHarness.Result result = new CliHarness(home).run("--version");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).matches("patchbay \\S+ on Java \\d+\\S*\n");
    }

    @Test
    void completionKnowsEveryCommandAndOption() {
        CliHarness.Result result = new CliHarness(home).run("completion");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("launch", "validate", "--api-key-env", "complete ");
    }
}
