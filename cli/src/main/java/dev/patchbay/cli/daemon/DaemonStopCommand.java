package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
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
    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("stop");
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay daemon stop [OPTIONS]",
                "Stop the daemon; sessions that it runs are interrupted.",
                "patchbay daemon stop");
    }

    @Override
    public int run(Invocation invocation) {
        Path home = Installation.home(invocation);
        Optional<RunningDaemon> daemon = RunningDaemon.find(home);
        if (daemon.isEmpty()) {
            say(invocation, false);
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
        say(invocation, true);
        return ExitCode.OK;
    }

    private static void say(Invocation invocation, boolean wasRunning) {
        invocation
                .terminal()
                .out()
                .lines(
                        invocation.has(JSON)
                                ? JsonText.write(new JsonObject()
                                        .put("stopped", wasRunning)
                                        .toMap())
                                : wasRunning ? "stopped" : "not running");
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
