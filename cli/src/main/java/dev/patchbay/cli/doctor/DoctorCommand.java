package dev.patchbay.cli.doctor;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.Style;
import dev.patchbay.diagnostic.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Looks at this machine's Patchbay without calling anyone. */
public final class DoctorCommand implements Command {

    private static final String JSON = "--json";

    /** The column behind the word that says how bad it is. */
    private static final int WORD = 7;

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
        try (Patchbay patchbay = Installation.inspected(invocation)) {
            List<Finding> findings = new ArrayList<>();
            findings.addAll(MachineFindings.look(invocation.environment()));
            findings.addAll(FileFindings.look(invocation, patchbay.registry()));
            findings.addAll(StoreFindings.look(invocation));
            findings.addAll(PluginFindings.look(patchbay));
            findings.addAll(ProviderFindings.look(patchbay.registry(), invocation));
            if (invocation.has(JSON)) {
                invocation.terminal().out().print(json(findings));
            } else {
                invocation.terminal().out().raw(text(findings, invocation));
            }
            return count(findings, Finding.State.ERROR) > 0 ? ExitCode.CONFIGURATION : ExitCode.OK;
        }
    }

    private static String text(List<Finding> findings, Invocation invocation) {
        Style style = invocation.terminal().outStyle();
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            String word = finding.state() == Finding.State.ERROR
                    ? "ERROR"
                    : finding.state().name().toLowerCase(Locale.ROOT);
            String line = finding.name() + ": " + finding.detail();
            text.append(state(finding.state(), word, style))
                    .append(" ".repeat(WORD - word.length()))
                    .append(Printable.line(line))
                    .append('\n');
            finding.help()
                    .ifPresent(help -> text.append(" ".repeat(WORD))
                            .append(style.help("help:"))
                            .append(' ')
                            .append(Printable.line(help))
                            .append('\n'));
        }
        return text.append('\n')
                .append(count(findings, Finding.State.ERROR))
                .append(" broken, ")
                .append(count(findings, Finding.State.WARN))
                .append(" to look at; the network was not used, see: ")
                .append(invocation.globals().command("providers test"))
                .append('\n')
                .toString();
    }

    private static String state(Finding.State state, String word, Style style) {
        return switch (state) {
            case OK -> style.good(word);
            case WARN -> style.warning(word);
            case ERROR -> style.error(word);
        };
    }

    private static String json(List<Finding> findings) {
        List<Map<String, Object>> all = findings.stream().map(Finding::json).toList();
        return JsonText.write(new JsonObject()
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
