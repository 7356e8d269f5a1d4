package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/** Shows what the daemon in the background has printed. */
public final class DaemonLogsCommand implements Command {

    private static final String LINES = "--lines";
    private static final String FOLLOW = "--follow";
    private static final int DEFAULT_LINES = 100;
    private static final long LOOK_MILLIS = 200;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("logs");
        spec.addOption(Specs.option(LINES, "N", "How many of the last lines; default: " + DEFAULT_LINES + "."));
        spec.addOption(Specs.flag(FOLLOW, "Go on with what is printed from now on, until interrupted."));
        return Specs.help(
                spec,
                "patchbay daemon logs [OPTIONS]",
                "Show what the daemon in the background has printed.",
                "patchbay daemon logs",
                "patchbay daemon logs --follow");
    }

    @Override
    public int run(Invocation invocation) {
        DaemonLog log = DaemonLog.of(invocation);
        Output out = invocation.terminal().out();
        if (Files.notExists(log.file())) {
            invocation.terminal().err().println("patchbay: there is no log: " + log.file());
            return ExitCode.FAILED;
        }
        try {
            long place = log.size();
            log.tail(lines(invocation)).forEach(out::println);
            while (invocation.has(FOLLOW)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                long size = log.size();
                place = size < place ? 0 : place;
                if (size > place) {
                    out.print(log.from(place));
                    place = size;
                }
            }
        } catch (IOException unreadable) {
            invocation.terminal().err().println("patchbay: the log cannot be read: " + unreadable.getMessage());
            return ExitCode.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private static int lines(Invocation invocation) {
        try {
            int lines = invocation.value(LINES).map(Integer::parseInt).orElse(DEFAULT_LINES);
            if (lines >= 0) {
                return lines;
            }
        } catch (NumberFormatException notNumber) {
            // Said below.
        }
        throw new UsageException(LINES + " wants a number");
    }
}
