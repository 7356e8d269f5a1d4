package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.PrintedProblems;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.gateway.AccessLogWriter;
import dev.patchbay.cli.gateway.EndSignals;
import dev.patchbay.cli.gateway.PortOption;
import dev.patchbay.cli.gateway.ReloadText;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.daemon.Daemon;
import dev.patchbay.gateway.GatewayBuilder;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.StoreLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Starts the daemon of a home, in the background or in the foreground. */
public final class DaemonStartCommand implements Command {

    static final String FOREGROUND = "--foreground";
    static final String LOG = "--log";
    static final String ALLOW_ORIGIN = "--allow-origin";

    private static final String WARNING = "patchbay: warning: ";
    private static final Duration GRACE = Duration.ofSeconds(4);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("start");
        spec.addOption(PortOption.spec("The port on 127.0.0.1"));
        spec.addOption(Specs.flag(FOREGROUND, "Stay in the foreground, and print the log here."));
        spec.addOption(
                Specs.options(
                        ALLOW_ORIGIN,
                        "ORIGIN",
                        "Let web pages of this origin use it, such as https://app.example.com; may be repeated; default: none."));
        spec.addOption(AccessLogWriter.option());
        spec.addOption(Specs.option(LOG, "FILE", "Keep this file small, to which the output goes.").toBuilder()
                .hidden(true)
                .build());
        return Specs.help(
                spec,
                "patchbay daemon start [OPTIONS]",
                "Start the daemon, which uses the variables that are set here; `patchbay daemon status` says where it listens.",
                "patchbay daemon start",
                "patchbay daemon start --foreground --port 0");
    }

    @Override
    public int run(Invocation invocation) {
        int port = PortOption.of(invocation);
        if (invocation.has(FOREGROUND)) {
            return serve(invocation, port);
        }
        DaemonLauncher.Started started = DaemonLauncher.of(invocation).start(arguments(invocation, port));
        Output out = invocation.terminal().out();
        if (started.daemon().isEmpty()) {
            invocation.terminal().err().print(started.text());
            return started.exitCode();
        }
        RunningDaemon daemon = started.daemon().get();
        out.println((started.isNew() ? "daemon started on " : "a daemon runs already on ")
                + daemon.content().url() + " (process " + daemon.content().pid() + ")");
        List<String> unmet = started.isNew() ? List.of() : unmet(invocation, port, daemon);
        if (!unmet.isEmpty()) {
            invocation
                    .terminal()
                    .err()
                    .println("patchbay: " + String.join(", ", unmet)
                            + ": without effect on a daemon that runs; `patchbay daemon stop`, and start it again");
        }
        return ExitCode.OK;
    }

    /** What was asked of a daemon that runs already, and is not so. */
    private static List<String> unmet(Invocation invocation, int port, RunningDaemon daemon) {
        List<String> unmet = new ArrayList<>();
        boolean anyPort = port == 0 || invocation.value(PortOption.NAME).isEmpty();
        if (!anyPort && port != daemon.content().port()) {
            unmet.add(PortOption.NAME);
        }
        for (String option : List.of(ALLOW_ORIGIN, AccessLogWriter.LOG_FORMAT)) {
            if (invocation.has(option)) {
                unmet.add(option);
            }
        }
        unmet.addAll(UnmetSettings.of(invocation, daemon));
        return unmet;
    }

    private static List<String> arguments(Invocation invocation, int port) {
        List<String> arguments = new ArrayList<>(List.of(PortOption.NAME, String.valueOf(port)));
        invocation
                .value(AccessLogWriter.LOG_FORMAT)
                .ifPresent(format -> arguments.addAll(List.of(AccessLogWriter.LOG_FORMAT, format)));
        invocation.values(ALLOW_ORIGIN).forEach(origin -> arguments.addAll(List.of(ALLOW_ORIGIN, origin)));
        return arguments;
    }

    private static int serve(Invocation invocation, int port) {
        Output err = invocation.terminal().err();
        Path home = Installation.home(invocation);
        EndSignals signals = EndSignals.install();
        SqliteSessionStore store = store(invocation);
        store.damage().ifPresent(damage -> err.println(WARNING + damage));
        invocation.value(LOG).ifPresent(file -> DaemonLog.at(Path.of(file)).keepSmall());
        try (AccessLogWriter log = AccessLogWriter.start(invocation);
                Daemon daemon = Daemon.builder(home, store)
                        .files(Installation.namedFiles(invocation))
                        .patchbay(builder -> Installation.watched(
                                invocation, builder, reload -> err.print(ReloadText.of(reload, invocation.globals()))))
                        .server(server -> server(invocation, server, port, log, err))
                        .whenAskedToStop(signals::askToEnd)
                        .start()) {
            invocation.terminal().out().println("patchbay daemon on " + daemon.url() + "; Ctrl-C ends it");
            daemon.warning().ifPresent(text -> err.println(WARNING + text));
            String problems = PrintedProblems.text(daemon.registry().diagnostics(), invocation.globals());
            if (!problems.isEmpty()) {
                err.print(problems + "\n");
            }
            return signals.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private static SqliteSessionStore store(Invocation invocation) {
        Path file = SessionFile.locate(invocation)
                .orElseThrow(() -> new UsageException(
                        StoreLocation.STORE + " is off, but the daemon keeps sessions: unset it, or name a file"));
        return SessionFile.builder(file, invocation).openEvenIfDamaged();
    }

    private static GatewayBuilder server(
            Invocation invocation, GatewayBuilder server, int port, AccessLogWriter log, Output err) {
        for (String origin : invocation.values(ALLOW_ORIGIN)) {
            try {
                server.allowedOrigin(origin);
            } catch (IllegalArgumentException none) {
                throw new UsageException(ALLOW_ORIGIN + ": " + none.getMessage());
            }
        }
        return server.port(port)
                .grace(GRACE)
                .onFatalError(error -> EndSignals.halt(err, error))
                .accessLog(log);
    }
}
