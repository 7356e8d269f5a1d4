package dev.patchbay.cli.providers;

import dev.patchbay.cli.terminal.Table;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.template.Reference;
import dev.patchbay.registry.Provider;
import dev.patchbay.workbench.explain.DeclaredValue;
import dev.patchbay.workbench.explain.ExplainedValue;
import dev.patchbay.workbench.explain.Explainer;
import dev.patchbay.workbench.explain.Explanation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An explanation for people: a line for each value, and indented below it how it came to be. */
final class ExplainText {

    /** What is longer makes the table unreadable; {@code --json} has it whole. */
    private static final int WIDEST = 72;

    private ExplainText() {}

    static String head(Provider provider, List<Provider> replaced) {
        StringBuilder head = new StringBuilder();
        head.append(provider.id()).append(": ").append(provider.state());
        provider.reason().ifPresent(reason -> head.append(": ").append(reason));
        head.append("\ndefined in ").append(place(provider)).append('\n');
        for (Provider other : replaced) {
            head.append(isUsed(other, provider) ? "changes " : "in place of ")
                    .append(place(other))
                    .append('\n');
        }
        for (Diagnostic problem : provider.problems()) {
            if (!problem.isError()) {
                head.append("warning: ")
                        .append(problem.message())
                        .append(" (")
                        .append(problem.location())
                        .append(")\n");
            }
        }
        return head.toString();
    }

    /** Whether it is extended, rather than replaced. */
    private static boolean isUsed(Provider lower, Provider provider) {
        List<ExplainedValue> leaves =
                Explainer.explain(provider).map(Explanation::leaves).orElse(List.of());
        for (ExplainedValue leaf : leaves) {
            List<DeclaredValue> said = new ArrayList<>(leaf.overrode());
            leaf.decidedBy().ifPresent(said::add);
            for (DeclaredValue one : said) {
                if (one.layer() == lower.layer()
                        && one.location().source().equals(lower.location().source())) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Every value with its place.
     *
     * @param filled what the file leaves out, and the catalogue knows
     * @param source whose words those are
     */
    static String table(List<ExplainedValue> leaves, Map<List<String>, Object> filled, String source) {
        Table table = new Table("FIELD", "VALUE", "FROM");
        for (ExplainedValue leaf : leaves) {
            add(leaf, table);
        }
        filled.forEach((path, value) -> table.row(String.join(".", path), text(value), source));
        return table.render();
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    private static void add(ExplainedValue leaf, Table table) {
        boolean there = leaf.isThere();
        String from = leaf.status() == ExplainedValue.Status.SET
                ? place(leaf.decidedBy().orElseThrow())
                : "";
        String value = there ? clipped(leaf.value()) : "(" + leaf.status().word() + ")";
        table.row(leaf.name(), value, there && from.isEmpty() ? leaf.note().orElse("") : from);
        leaf.template().ifPresent(template -> table.row("  written", clipped(template), ""));
        for (Reference variable : leaf.variables()) {
            table.row("  variable", variable.name(), words(variable));
        }
        if (!there) {
            leaf.decidedBy()
                    .ifPresent(said -> table.row("  because", leaf.note().orElse(""), place(said)));
        }
        for (DeclaredValue said : leaf.overrode()) {
            table.row(there ? "  overrode" : "  was", clipped(said.value()), place(said));
        }
        leaf.atLaunch().ifPresent(note -> table.row("  at launch", "", note));
    }

    private static String words(Reference variable) {
        String words = variable.state().words();
        return variable.state() == Reference.State.SET ? words + " in the environment" : words;
    }

    private static String place(Provider provider) {
        return provider.location() + " (" + provider.layer().word() + ")";
    }

    private static String place(DeclaredValue said) {
        return said.location() + " (" + said.layer().word() + ")";
    }

    private static String clipped(String text) {
        String quoted = text.equals(text.strip()) ? text : '"' + text + '"';
        String line = quoted.replace("\n", "\\n");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }
}
