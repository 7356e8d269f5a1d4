package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.PrintedProblems;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.ColouredProblems;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Reports every problem of the provider files at once. */
public final class ValidateCommand implements Command {

    /** Nobody reads more, and a file of a megabyte can hold tens of thousands. */
    private static final int MOST_SHOWN = 1_000;

    private static final String JSON = "--json";
    private static final String STRICT = "--strict";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("validate");
        spec.addPositional(Specs.argument(
                "FILE...", "0..*", "Files and folders to check alone; default: everything that a launch reads."));
        spec.addOption(Specs.flag(STRICT, "Fail on warnings too."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay providers validate [OPTIONS] [FILE...]",
                "Check provider files: all problems at once, each with its place and what to do. Exit code 3 if there is an error;"
                        + " a variable that is not set is a warning.",
                "patchbay providers validate",
                "patchbay providers validate config/providers/groq.yaml --strict");
    }

    @Override
    public int run(Invocation invocation) {
        List<Path> files = new ArrayList<>();
        for (String argument : invocation.arguments()) {
            files.add(Path.of(argument));
        }
        try (Patchbay patchbay =
                files.isEmpty() ? Installation.inspected(invocation) : Installation.of(invocation, files)) {
            Tally tally = Tally.of(patchbay.registry());
            if (invocation.has(JSON)) {
                invocation.terminal().out().print(json(tally, invocation.globals()));
            } else {
                text(tally, invocation);
            }
            boolean failed = tally.errors() > 0 || (invocation.has(STRICT) && tally.warnings() > 0);
            return failed ? ExitCode.CONFIGURATION : ExitCode.OK;
        }
    }

    private static void text(Tally tally, Invocation invocation) {
        Terminal terminal = invocation.terminal();
        List<Diagnostic> problems = tally.problems();
        List<Diagnostic> shown = problems.subList(0, Math.min(problems.size(), MOST_SHOWN));
        String report = PrintedProblems.text(shown, invocation.globals());
        if (!report.isEmpty()) {
            ColouredProblems.print(terminal.out(), terminal.outStyle(), report + "\n\n");
        }
        if (shown.size() < problems.size()) {
            terminal.out().println((problems.size() - shown.size()) + " more are not shown; " + JSON + " has them all");
        }
        terminal.out().println(tally.toString());
    }

    private static String json(Tally tally, GlobalOptions globals) {
        return JsonText.write(new JsonObject()
                        .put("errors", tally.errors())
                        .put("warnings", tally.warnings())
                        .put("ready", tally.ready())
                        .put("problems", PrintedProblems.json(tally.problems(), globals))
                        .toMap())
                + "\n";
    }

    /** What there is to report, counted. */
    private record Tally(List<Diagnostic> problems, long errors, long warnings, long ready) {

        static Tally of(RegistrySnapshot registry) {
            // A variable that is not set is no mistake of the file.
            List<Diagnostic> problems = registry.diagnostics().stream()
                    .map(problem -> problem.code() == Code.UNSET_VARIABLE ? problem.asWarning() : problem)
                    .toList();
            long errors = problems.stream().filter(Diagnostic::isError).count();
            long ready = registry.providers().stream().filter(Provider::isReady).count();
            return new Tally(problems, errors, problems.size() - errors, ready);
        }

        @Override
        public String toString() {
            return count(errors, "error") + ", " + count(warnings, "warning") + ", " + count(ready, "provider")
                    + " ready";
        }

        private static String count(long number, String what) {
            return number + " " + what + (number == 1 ? "" : "s");
        }
    }
}
