package dev.patchbay.cli;

import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.ColouredProblems;
import dev.patchbay.cli.terminal.OutputException;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.daemon.DaemonException;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.LiteralKeys;
import dev.patchbay.gateway.GatewayException;
import dev.patchbay.spi.PatchbayException;
import dev.patchbay.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.IntSupplier;
import picocli.CommandLine;

/** Turns what goes wrong into lines on standard error and an exit code; a stack trace only with {@code --debug}. */
final class FailureReport {

    private final Terminal terminal;
    private final GlobalOptions globals;
    private boolean json;

    FailureReport(Terminal terminal, GlobalOptions globals) {
        this.terminal = terminal;
        this.globals = globals;
    }

    /** From now on, failures are also printed as JSON on standard output, where the reader expects an object. */
    void alsoInJson() {
        json = true;
    }

    /** A command line that is none. */
    int usage(CommandLine command, String mistake) {
        String message = words(mistake);
        String name = command.getCommandSpec().qualifiedName();
        print(name + ": " + message);
        print("See: " + name + " --help");
        return inJson(ErrorJson.usage(message), ExitCode.USAGE);
    }

    /**
     * Runs something and returns its exit code, or the one of its failure.
     *
     * @throws UsageException is passed on: only the caller knows the command
     */
    int guard(IntSupplier action) {
        try {
            return action.getAsInt();
        } catch (UsageException e) {
            throw e;
        } catch (OutputException e) {
            return output(e);
        } catch (PatchbayException e) {
            return expected(e);
        } catch (RuntimeException | Error e) {
            return unexpected(e);
        }
    }

    private int expected(PatchbayException error) {
        ColouredProblems.print(terminal.err(), terminal.style(), words(error.getMessage() + "\n"));
        debug(error);
        boolean configuration = error instanceof ConfigurationException
                || error instanceof StoreException
                || error instanceof GatewayException
                || error instanceof DaemonException;
        return inJson(ErrorJson.of(error, this::words), configuration ? ExitCode.CONFIGURATION : ExitCode.FAILED);
    }

    /** A key may have been typed where anything else belongs. */
    private String words(String message) {
        return LiteralKeys.maskIn(globals.withCommands(message));
    }

    private int inJson(Map<String, Object> error, int exitCode) {
        try {
            if (json) {
                terminal.out().lines(JsonText.write(error));
            }
            return exitCode;
        } catch (OutputException e) {
            return output(e);
        }
    }

    /** Standard output takes nothing more. */
    int output(OutputException error) {
        if (error.isReaderGone()) {
            return ExitCode.BROKEN_PIPE;
        }
        print("patchbay: " + error.getMessage());
        return ExitCode.FAILED;
    }

    /**
     * A mistake in this program. Its message is not ours and may hold anything, a key included: the place has to do.
     */
    int unexpected(Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        String place = trace.length == 0 ? "" : " in " + trace[0];
        print("patchbay: unexpected " + error.getClass().getSimpleName() + place
                + "; this is a mistake in patchbay, run again with --debug for the details");
        debug(error);
        return inJson(ErrorJson.failed("unexpected " + error.getClass().getSimpleName()), ExitCode.FAILED);
    }

    private void debug(Throwable error) {
        if (globals.debug()) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            terminal.err().print(trace.toString());
        }
    }

    private void print(String message) {
        terminal.err().println(message);
    }
}
