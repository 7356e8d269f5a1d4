package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.spi.ProviderException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class FailureReportTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final GlobalOptions globals = new GlobalOptions();
    private final FailureReport failures = new FailureReport(
            new Terminal(
                    InputStream.nullInputStream(),
                    false,
                    Output.needed(OutputStream.nullOutputStream(), false),
                    Output.optional(err, false),
                    Environment.of(Map.of())),
            globals);

    @Test
    void mistakeOfOursIsOneLineWithoutItsMessage() {
        int exitCode = failures.guard(() -> {
            throw new IllegalStateException("canary-key");
        });
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .contains("IllegalStateException", "FailureReportTest", "--debug")
                .doesNotContain("canary-key", "\tat ")
                .hasLineCount(1);
    }

    @Test
    void debugShowsTheStackTrace() {
        CommandLine root = CommandTree.of(globals);
        root.parseArgs("--debug", "providers", "list");
        failures.guard(() -> {
            throw new StackOverflowError();
        });
        assertThat(err.toString(UTF_8)).contains("StackOverflowError", "\tat ");
    }

    @Test
    void failureThatIsMeantIsItsMessage() {
        int exitCode = failures.guard(() -> {
            throw new ProviderException(ProviderException.Kind.NETWORK, "nobody there");
        });
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString(UTF_8)).isEqualTo("nobody there\n");
    }
}
