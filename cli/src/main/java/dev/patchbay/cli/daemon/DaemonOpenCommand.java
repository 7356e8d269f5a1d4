package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Opens the web page of the daemon, which is started if need be. */
public final class DaemonOpenCommand implements Command {

    private static final List<String> OPENERS = List.of("/usr/bin/xdg-open", "/usr/bin/open");

    @Override
    public CommandSpec spec() {
        return Specs.help(
                CommandSpec.wrapWithoutInspection(this).name("open"),
                "patchbay daemon open",
                "Open the web page of the daemon in a browser, and print its address; starts the daemon if it does not run.",
                "patchbay daemon open");
    }

    @Override
    public int run(Invocation invocation) {
        DaemonLauncher.Started started = DaemonLauncher.of(invocation).start(List.of());
        Optional<RunningDaemon> daemon = started.daemon();
        if (daemon.isEmpty()) {
            invocation.terminal().err().print(started.text());
            return started.exitCode();
        }
        String address = daemon.get().loginAddress();
        invocation.terminal().out().println(address);
        invocation.terminal().err().println("patchbay: the address logs one browser in, within the next 60 seconds");
        OPENERS.stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .ifPresent(opener -> open(opener, address));
        return ExitCode.OK;
    }

    private static void open(Path opener, String address) {
        try {
            new ProcessBuilder(opener.toString(), address)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noBrowser) {
            // The address is printed.
        }
    }
}
