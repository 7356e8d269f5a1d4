package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.daemon.HomeLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/** Asks the daemon to stop, over HTTP: no process is signalled, since the number in the file may be another's by now. */
public final class DaemonStopCommand implements Command {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 50;

    @Override
    public CommandSpec spec() {
        return Specs.help(
                CommandSpec.wrapWithoutInspection(this).name("stop"),
                "patchbay daemon stop",
                "Stop the daemon; sessions that it runs are interrupted.",
                "patchbay daemon stop");
    }

    @Override
    public int run(Invocation invocation) {
        Path home = Installation.home(invocation);
        Optional<RunningDaemon> daemon = RunningDaemon.find(home);
        if (daemon.isEmpty()) {
            invocation.terminal().out().println("not running");
            return ExitCode.OK;
        }
        daemon.get().ask("POST", "/shutdown", Optional.empty());
        if (!awaitEnd(home)) {
            invocation
                    .terminal()
                    .err()
                    .println("patchbay: the daemon was asked to stop, and has not after " + LONGEST.toSeconds()
                            + " s: process " + daemon.get().content().pid());
            return ExitCode.FAILED;
        }
        invocation.terminal().out().println("stopped");
        return ExitCode.OK;
    }

    private static boolean awaitEnd(Path home) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                if (!HomeLock.isHeld(home)) {
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
