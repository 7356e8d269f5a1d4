package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Interruption;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.internal.config.schema.DurationText;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.workbench.probe.Probe;
import dev.patchbay.workbench.probe.ProbeReport;
import dev.patchbay.workbench.probe.Probes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Calls a provider step by step and says what works, and which lines its file lacks. */
public final class TestCommand implements Command {

    private static final String MODEL = "--model";
    private static final String TIMEOUT = "--timeout";
    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("test");
        spec.addPositional(Specs.argument("ID", "1", "The provider."));
        spec.addOption(
                Specs.option(List.of("-m", MODEL), "MODEL", "A model or an alias; default: the provider's own."));
        spec.addOption(Specs.option(
                TIMEOUT,
                "TIME",
                "The most that one call may take, such as 30s; default: 60s, 3m where the host is local."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay providers test [OPTIONS] ID",
                "Call a provider step by step, from its address to a tool's result, and print the YAML that it lacks. Says"
                        + " first how many calls that takes; they may cost money. Exit code 1 if a step fails.",
                "patchbay providers test groq",
                "patchbay providers test groq --model openai/gpt-oss-20b --json");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        Optional<Duration> limit = invocation.value(TIMEOUT).map(TestCommand::duration);
        try (Patchbay patchbay = Installation.open(invocation)) {
            String id = ProviderLookup.provider(patchbay.registry(), arguments.get(0))
                    .id();
            LaunchRequest.Builder launch = LaunchRequest.query("test").provider(id);
            invocation.value(MODEL).ifPresent(launch::model);
            try (Probe probe = limit.isPresent()
                    ? Probes.of(patchbay).test(launch.build(), limit.get())
                    : Probes.of(patchbay).test(launch.build())) {
                return run(probe, invocation);
            }
        }
    }

    private static int run(Probe probe, Invocation invocation) {
        TestOutput view = new TestOutput(invocation.terminal(), invocation.has(JSON));
        view.announce(probe);
        Interruption interruption = Interruption.watch(probe::close);
        try {
            ProbeReport report = probe.run(view);
            view.report(probe, report);
            if (report.interrupted()) {
                return ExitCode.INTERRUPTED;
            }
            return report.isPassed() ? ExitCode.OK : ExitCode.FAILED;
        } finally {
            interruption.commandEnded();
        }
    }

    private static Duration duration(String text) {
        return DurationText.parse(text)
                .filter(time -> !time.isZero())
                .orElseThrow(() -> new UsageException(TIMEOUT + " wants a time with its unit, such as 30s or 5m"));
    }
}
