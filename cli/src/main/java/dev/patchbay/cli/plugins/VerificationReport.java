package dev.patchbay.cli.plugins;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.command.PrintedProblems;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.plugin.PluginOutcome;
import dev.patchbay.spi.SpiVersion;
import dev.patchbay.workbench.verify.Verification;
import dev.patchbay.workbench.verify.VerifierCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code plugins verify} prints. */
final class VerificationReport {

    private VerificationReport() {}

    static String text(Path jar, Verification verification, GlobalOptions globals) {
        StringBuilder text = new StringBuilder();
        text.append(Printable.line(jar.toString())).append('\n');
        text.append("  this Patchbay has version ").append(SpiVersion.current()).append(" of the plugin interface\n");
        for (PluginOutcome outcome : verification.outcomes()) {
            append(text, outcome, PluginFacts.of(outcome, verification.providers()));
        }
        text.append('\n');
        for (VerifierCheck check : verification.checks()) {
            text.append(word(check.state())).append("  ").append(check.name());
            check.detail().ifPresent(detail -> text.append(": ").append(Printable.line(detail)));
            text.append('\n');
        }
        String problems = PrintedProblems.text(verification.problems(), globals);
        if (!problems.isEmpty()) {
            text.append('\n').append(problems).append('\n');
        }
        text.append('\n').append(conclusion(verification)).append('\n');
        return text.toString();
    }

    static String json(Path jar, Verification verification, GlobalOptions globals) {
        List<Map<String, Object>> plugins = verification.outcomes().stream()
                .map(outcome ->
                        PluginFacts.of(outcome, verification.providers()).json().toMap())
                .toList();
        List<Map<String, Object>> checks = verification.checks().stream()
                .map(check -> new JsonObject()
                        .put("name", check.name())
                        .put("state", check.state().name())
                        .put("detail", check.detail())
                        .toMap())
                .toList();
        return JsonText.write(new JsonObject()
                        .put("jar", jar.toString())
                        .put("spiVersion", SpiVersion.current().toString())
                        .put("passed", verification.isPassed())
                        .put("plugins", plugins)
                        .put("checks", checks)
                        .put("problems", PrintedProblems.json(verification.problems(), globals))
                        .toMap())
                + "\n";
    }

    private static void append(StringBuilder text, PluginOutcome outcome, PluginFacts facts) {
        String version = facts.version().map(known -> " " + known).orElse("");
        text.append(Printable.line("  plugin " + facts.id() + version + " " + facts.state() + ": " + facts.summary()))
                .append('\n');
        if (outcome instanceof PluginOutcome.Rejected rejected) {
            rejected.help()
                    .ifPresent(help ->
                            text.append("  help: ").append(Printable.line(help)).append('\n'));
        }
        facts.sha256()
                .ifPresent(digest -> text.append("  sha256 ").append(digest).append('\n'));
    }

    private static String word(VerifierCheck.State state) {
        return state == VerifierCheck.State.PASSED ? "ok     " : String.format(Locale.ROOT, "%-7s", state);
    }

    private static String conclusion(Verification verification) {
        long failed = verification.count(VerifierCheck.State.FAILED);
        long skipped = verification.count(VerifierCheck.State.SKIPPED);
        int all = verification.checks().size();
        return all + (all == 1 ? " check, " : " checks, ") + failed + " failed, " + skipped + " skipped";
    }
}
