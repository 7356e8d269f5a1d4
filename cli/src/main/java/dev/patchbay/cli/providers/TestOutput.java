package dev.patchbay.cli.providers;

import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.Progress;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.workbench.probe.Probe;
import dev.patchbay.workbench.probe.ProbeListener;
import dev.patchbay.workbench.probe.ProbeReport;
import dev.patchbay.workbench.probe.Step;
import dev.patchbay.workbench.probe.StepResult;
import dev.patchbay.workbench.probe.StepResult.State;
import dev.patchbay.workbench.probe.Suggestion;
import java.util.Locale;

/** Shows a test while it runs: a line for each step on standard output, or one object at the end. */
final class TestOutput implements ProbeListener {

    private final Terminal terminal;
    private final Progress progress;
    private final boolean json;

    TestOutput(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.progress = new Progress(terminal);
        this.json = json;
    }

    /** Says what is about to be done, before any of it is. */
    void announce(Probe probe) {
        String at = probe.url().map(url -> " at " + url).orElse("");
        String calls = probe.calls() == probe.mostCalls()
                ? probe.calls() + " calls"
                : probe.calls() + " calls, at most " + probe.mostCalls() + " if some are refused";
        terminal.err()
                .println("patchbay: testing provider '" + probe.provider() + "' with model " + probe.model() + at + ": "
                        + calls + "; they may cost money");
    }

    @Override
    public void began(Step step) {
        progress.start(step.label());
    }

    @Override
    public void tryingAgain(Step step, String with) {
        progress.println("patchbay: " + step.label() + ": trying once more with " + with);
    }

    @Override
    public void ended(StepResult result) {
        progress.stop();
        if (!json) {
            terminal.out().print(line(result));
        }
    }

    /** Says what came of it. */
    void report(Probe probe, ProbeReport report) {
        progress.stop();
        if (report.interrupted()) {
            terminal.err().println("patchbay: interrupted");
        }
        terminal.out().print(json ? JsonText.write(TestJson.of(probe, report)) + "\n" : conclusion(report));
    }

    private static String line(StepResult result) {
        String time = result.state() == State.SKIPPED
                ? "-"
                : String.format(Locale.ROOT, "%.2f s", result.time().toMillis() / 1000.0);
        String word = result.state() == State.OK ? "ok" : result.state().name();
        String line = String.format(
                Locale.ROOT,
                "%-8s %-12s %8s  %s%n",
                word,
                result.step().label(),
                time,
                Printable.line(result.detail()));
        return line
                + result.help()
                        .map(help -> " ".repeat(9) + "help: " + Printable.line(help) + "\n")
                        .orElse("");
    }

    private static String conclusion(ProbeReport report) {
        StringBuilder text = new StringBuilder("\n");
        if (!report.interrupted()) {
            text.append(count(report, State.OK)).append(" ok, ");
            text.append(count(report, State.FAILED)).append(" failed, ");
            text.append(count(report, State.SKIPPED)).append(" skipped; ");
            text.append(report.calls()).append(report.calls() == 1 ? " call was made\n" : " calls were made\n");
        }
        Suggestion suggestion = report.suggestion();
        suggestion
                .hints()
                .forEach(hint ->
                        text.append("hint: ").append(Printable.line(hint)).append('\n'));
        if (!suggestion.yaml().isEmpty()) {
            text.append("\nPut these lines into ")
                    .append(Printable.line(suggestion.where()))
                    .append(", in place of those of the same name:\n\n")
                    .append(suggestion.yaml());
        }
        return text.toString();
    }

    private static long count(ProbeReport report, State state) {
        return report.steps().stream().filter(step -> step.state() == state).count();
    }
}
