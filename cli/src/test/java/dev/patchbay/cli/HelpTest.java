package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.testkit.Golden;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class HelpTest {

    @TempDir
    Path home;

    static Stream<String> commands() {
        return Stream.concat(Stream.of(""), WithoutTerminalTest.all());
    }

    @ParameterizedTest
    @MethodSource("commands")
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
    void helpOfGroupListsAllItsCommandsThoughAValueIsTheNameOfOne() {
        String whole = new CliHarness(home).run("providers", "--help").out();
        assertThat(whole).contains("explain", "schema");
        assertThat(new CliHarness(home)
                        .run("--config", "list", "providers", "--help")
                        .out())
                .isEqualTo(whole);
        assertThat(new CliHarness(home).run("--config", "list", "--help").out())
                .isEqualTo(new CliHarness(home).run("--help").out());
    }

    @Test
    void suggestsCommandsThatNoArgumentNames() {
        assertThat(new CliHarness(home).run("lunch", "doctor").err()).contains("did you mean launch?");
        assertThat(new CliHarness(home).run("providers", "shema", "list").err()).contains("did you mean schema?");
    }

    @Test
    void startBuildsOnlyWhatItsArgumentsName() {
        CommandLine root = CommandTree.of(new GlobalOptions(), "providers", "list", "--json");
        assertThat(root.getSubcommands()).containsOnlyKeys("providers");
        assertThat(root.getSubcommands().get("providers").getSubcommands()).containsOnlyKeys("list");
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
