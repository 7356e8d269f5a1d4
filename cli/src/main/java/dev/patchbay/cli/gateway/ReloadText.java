package dev.patchbay.cli.gateway;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.command.PrintedProblems;
import dev.patchbay.diagnostic.LiteralKeys;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.registry.Reload;

/** What a gateway that runs says of provider files that changed. */
public final class ReloadText {

    private ReloadText() {}

    /** One line with what changed, then every problem there is now. */
    public static String of(Reload reload, GlobalOptions globals) {
        String problems = PrintedProblems.text(reload.problems(), globals);
        return "provider files changed: " + LiteralKeys.maskIn(Printable.line(reload.summary())) + "\n"
                + (problems.isEmpty() ? "" : problems + "\n");
    }
}
