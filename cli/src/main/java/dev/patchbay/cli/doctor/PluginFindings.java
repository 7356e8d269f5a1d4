package dev.patchbay.cli.doctor;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.plugin.PluginOrigin;
import dev.patchbay.internal.plugin.PluginOutcome;
import java.util.ArrayList;
import java.util.List;

/** The plugins that work; those that were rejected are among the problems of the registry. */
final class PluginFindings {

    private PluginFindings() {}

    static List<Finding> look(Patchbay patchbay) {
        List<Finding> findings = new ArrayList<>();
        List<String> builtIn = new ArrayList<>();
        for (PluginOutcome outcome : patchbay.pluginOutcomes()) {
            if (outcome instanceof PluginOutcome.Loaded loaded
                    && loaded.origin().kind() == PluginOrigin.Kind.CLASS_PATH) {
                builtIn.add(loaded.plugin().id());
            } else if (outcome instanceof PluginOutcome.Loaded loaded) {
                String version = loaded.version().map(text -> " " + text).orElse("");
                findings.add(Finding.ok(
                        "plugin",
                        loaded.plugin().id() + version + " from "
                                + loaded.origin().label()));
            }
        }
        findings.add(0, Finding.ok("built-in plugins", builtIn.isEmpty() ? "none" : String.join(", ", builtIn)));
        return findings;
    }
}
