package dev.patchbay.cli.gateway;

import dev.patchbay.diagnostic.TextRenderer;
import dev.patchbay.registry.Reload;

/** What a gateway that runs says of provider files that changed. */
public final class ReloadText {

    private ReloadText() {}

    /** One line with what changed, then every problem there is now. */
    public static String of(Reload reload) {
        String problems = TextRenderer.render(reload.problems());
        return "provider files changed: " + reload.summary() + "\n" + (problems.isEmpty() ? "" : problems + "\n");
    }
}
