package dev.patchbay.cli.providers;

import dev.patchbay.cli.terminal.Table;
import dev.patchbay.config.explain.Explanation;
import dev.patchbay.config.explain.Leaf;
import dev.patchbay.config.explain.Said;
import dev.patchbay.config.template.Reference;
import dev.patchbay.registry.Provider;
import java.util.ArrayList;
import java.util.List;

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
        return head.toString();
    }

    /** Whether it is extended, rather than replaced. */
    private static boolean isUsed(Provider lower, Provider provider) {
        List<Leaf> leaves = provider.explanation().map(Explanation::leaves).orElse(List.of());
        for (Leaf leaf : leaves) {
            List<Said> said = new ArrayList<>(leaf.overrode());
            leaf.decidedBy().ifPresent(said::add);
            for (Said one : said) {
                if (one.layer() == lower.layer()
                        && one.location().source().equals(lower.location().source())) {
                    return true;
                }
            }
        }
        return false;
    }

    static String table(List<Leaf> leaves) {
        Table table = new Table("FIELD", "VALUE", "FROM");
        for (Leaf leaf : leaves) {
            add(leaf, table);
        }
        return table.render();
    }

    private static void add(Leaf leaf, Table table) {
        boolean there = leaf.isThere();
        String from = leaf.status() == Leaf.Status.SET ? place(leaf.decidedBy().orElseThrow()) : "";
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
        for (Said said : leaf.overrode()) {
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

    private static String place(Said said) {
        return said.location() + " (" + said.layer().word() + ")";
    }

    private static String clipped(String text) {
        String quoted = text.equals(text.strip()) ? text : '"' + text + '"';
        String line = quoted.replace("\n", "\\n");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }
}
