package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command ends without a terminal and without input: health checks and schedulers have neither. */
@Tag("process")
@Tag("newest")
final class WithoutTerminalTest {

    /** Those that serve until they are ended, on purpose. */
    private static final Set<String> SERVERS = Set.of("gateway", "daemon");

    @TempDir
    Path home;

    /** Every command and subcommand. */
    static Stream<String> all() {
        List<String> names = new ArrayList<>();
        collect("", CommandTree.of(new GlobalOptions()), names);
        return names.stream();
    }

    static Stream<String> commands() {
        return all().filter(name -> SERVERS.stream().noneMatch(name::startsWith));
    }

    private static void collect(String path, CommandLine command, List<String> names) {
        command.getSubcommands().forEach((name, sub) -> {
            String whole = path.isEmpty() ? name : path + " " + name;
            names.add(whole);
            collect(whole, sub, names);
        });
    }

    @Test
    @Timeout(60)
    void everyCommandEndsOnEmptyInput() {
        assertThat(commands())
                .hasSizeGreaterThan(25)
                .allSatisfy(command -> assertThat(
                                new CliHarness(home).run(command.split(" ")).exitCode())
                        .as(command)
                        .isBetween(0, 3));
    }

    @Test
    void chatOnEmptyInputEndsAtOnce() {
        ProcessOutcome outcome = detached("chat -p demo");
        assertThat(outcome.exitCode()).as(outcome.stderr()).isIn(0, 2);
    }

    @Tag("soak")
    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandEndsInASessionOfItsOwn(String command) {
        assertThat(detached(command).exitCode()).as(command).isBetween(0, 3);
    }

    private ProcessOutcome detached(String command) {
        List<String> words = new ArrayList<>(List.of("setsid", "--wait"));
        words.addAll(PseudoTerminal.java(""));
        words.addAll(List.of(command.split(" ")));
        return ChildProcess.of(words).env("PATCHBAY_HOME", home.toString()).run(Duration.ofSeconds(30));
    }
}
