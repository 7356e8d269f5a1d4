package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.json.Json;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.TextRenderer;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Reports every problem of the provider files at once. */
public final class ValidateCommand implements Command {

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
                "Check provider files: all problems at once, each with its place and what to do. Exit code 3 if there is an error.",
                "patchbay providers validate",
                "patchbay providers validate config/providers/groq.yaml --strict");
    }

    @Override
    public int run(Invocation invocation) {
        List<Path> files = new ArrayList<>();
        for (String argument : invocation.arguments()) {
            files.add(Path.of(argument));
        }
        try (Patchbay patchbay = files.isEmpty() ? Installation.open(invocation) : Installation.of(invocation, files)) {
            Tally tally = Tally.of(patchbay.registry());
            invocation.terminal().out().print(invocation.has(JSON) ? json(tally) : text(tally));
            boolean failed = tally.errors() > 0 || (invocation.has(STRICT) && tally.warnings() > 0);
            return failed ? ExitCode.CONFIGURATION : ExitCode.OK;
        }
    }

    private static String text(Tally tally) {
        String report = TextRenderer.render(tally.problems());
        return (report.isEmpty() ? "" : report + "\n\n") + tally + "\n";
    }

    private static String json(Tally tally) {
        List<Map<String, Object>> problems =
                tally.problems().stream().map(Diagnostic::toMap).toList();
        return Json.write(new JsonObject()
                        .put("errors", tally.errors())
                        .put("warnings", tally.warnings())
                        .put("ready", tally.ready())
                        .put("problems", problems)
                        .toMap())
                + "\n";
    }

    /** What there is to report, counted. */
    private record Tally(List<Diagnostic> problems, long errors, long warnings, long ready) {

        static Tally of(RegistrySnapshot registry) {
            List<Diagnostic> problems = registry.diagnostics();
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
