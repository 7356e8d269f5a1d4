package dev.patchbay.cli.doctor;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.Json;
import dev.patchbay.cli.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Looks at this machine's Patchbay without calling anyone. */
public final class DoctorCommand implements Command {

    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("doctor");
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay doctor [OPTIONS]",
                "Say what is installed, read, set and wrong here, without using the network; it holds no key, so it can go into"
                        + " a report. Exit code 3 if something is broken.",
                "patchbay doctor",
                "patchbay doctor --config team.yaml --json");
    }

    @Override
    public int run(Invocation invocation) {
        try (Patchbay patchbay = Installation.open(invocation)) {
            List<Finding> findings = new ArrayList<>();
            findings.addAll(Machine.look(invocation.environment()));
            findings.addAll(FileFindings.look(invocation, patchbay.registry()));
            findings.addAll(Plugins.look(patchbay));
            findings.addAll(Providers.look(patchbay.registry(), invocation.environment()));
            invocation.terminal().out().print(invocation.has(JSON) ? json(findings) : text(findings));
            return count(findings, Finding.State.ERROR) > 0 ? ExitCode.CONFIGURATION : ExitCode.OK;
        }
    }

    private static String text(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            String word = finding.state() == Finding.State.ERROR
                    ? "ERROR"
                    : finding.state().name().toLowerCase(Locale.ROOT);
            text.append(String.format(Locale.ROOT, "%-6s %s: %s%n", word, finding.name(), finding.detail()));
            finding.help()
                    .ifPresent(help -> text.append("       help: ").append(help).append('\n'));
        }
        return text.append('\n')
                .append(count(findings, Finding.State.ERROR))
                .append(" broken, ")
                .append(count(findings, Finding.State.WARN))
                .append(" to look at; the network was not used, see: patchbay providers test\n")
                .toString();
    }

    private static String json(List<Finding> findings) {
        List<Map<String, Object>> all = findings.stream().map(Finding::json).toList();
        return Json.write(new JsonObject()
                        .put("ok", count(findings, Finding.State.ERROR) == 0)
                        .put("errors", count(findings, Finding.State.ERROR))
                        .put("warnings", count(findings, Finding.State.WARN))
                        .put("networkUsed", false)
                        .put("findings", all)
                        .toMap())
                + "\n";
    }

    private static long count(List<Finding> findings, Finding.State state) {
        return findings.stream().filter(finding -> finding.state() == state).count();
    }
}
