package dev.patchbay.plugin;

import dev.patchbay.spi.PatchbayException;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown where plugins are loaded strictly and at least one was rejected; carries every rejection, not only the first. */
public final class PluginException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private final transient List<PluginOutcome.Rejected> rejected;

    PluginException(List<PluginOutcome.Rejected> rejected) {
        super(message(rejected), rejected.get(0).cause().orElse(null));
        this.rejected = List.copyOf(rejected);
    }

    /** At least one. */
    public List<PluginOutcome.Rejected> rejected() {
        return rejected;
    }

    private static String message(List<PluginOutcome.Rejected> rejected) {
        String count = rejected.size() == 1 ? "1 plugin was rejected" : rejected.size() + " plugins were rejected";
        return rejected.stream()
                .map(PluginOutcome.Rejected::line)
                .collect(Collectors.joining("\n  ", count + ":\n  ", ""));
    }
}
