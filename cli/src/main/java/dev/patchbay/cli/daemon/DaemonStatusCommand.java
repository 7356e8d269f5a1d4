package dev.patchbay.cli.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.DaemonFile;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Says whether the daemon runs, and where. */
public final class DaemonStatusCommand implements Command {

    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("status");
        spec.addOption(Specs.flag(JSON, "Print JSON."));
        return Specs.help(
                spec,
                "patchbay daemon status [OPTIONS]",
                "Say whether the daemon runs, and where it listens; exit code 1 if it does not.",
                "patchbay daemon status",
                "patchbay daemon status --json");
    }

    @Override
    public int run(Invocation invocation) {
        Optional<RunningDaemon> daemon = RunningDaemon.find(Installation.home(invocation));
        Output out = invocation.terminal().out();
        if (invocation.has(JSON)) {
            out.print(Json.pretty(json(daemon)));
        } else {
            out.lines(daemon.map(found -> text(found.content())).orElse("not running"));
        }
        return daemon.isPresent() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String text(DaemonFile.Content daemon) {
        return "running on " + daemon.url() + " (process " + daemon.pid() + ", version " + daemon.version() + ", since "
                + daemon.startedAt() + ")";
    }

    private static ObjectNode json(Optional<RunningDaemon> daemon) {
        ObjectNode json = Json.object().put("running", daemon.isPresent());
        daemon.map(RunningDaemon::content)
                .ifPresent(content -> json.put("url", content.url().toString())
                        .put("port", content.port())
                        .put("pid", content.pid())
                        .put("version", content.version())
                        .put("started_at", content.startedAt().toString()));
        return json;
    }
}
