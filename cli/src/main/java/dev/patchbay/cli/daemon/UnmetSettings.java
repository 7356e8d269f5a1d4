package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.daemon.DaemonException;
import dev.patchbay.internal.config.PatchbayHome;
import dev.patchbay.store.StoreLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command line and its environment name, where the daemon that runs was started with something else. It reads its files and its
 * store once and for all who use it, so that such a setting would be passed over.
 */
public final class UnmetSettings {

    private static final String CONFIG = "--config";
    private static final String CONFIG_VARIABLE = "PATCHBAY_CONFIG";

    private UnmetSettings() {}

    /**
     * Refuses them for a launch that is handed to the daemon.
     *
     * @throws DaemonException if files are named that are not the daemon's
     * @throws UsageException if a store is
     */
    public static void refuse(Invocation invocation, RunningDaemon daemon, String option) {
        if (namesOtherStore(invocation, daemon)) {
            throw new UsageException(option + " leaves the session in the daemon's store, "
                    + daemon.content().store().orElseThrow() + ", and " + StoreLocation.STORE
                    + " names another: unset it");
        }
        List<String> files = otherFiles(invocation, daemon);
        if (!files.isEmpty()) {
            throw DaemonException.of(
                    "patchbay: " + String.join(" and ", files)
                            + " is not handed to a daemon that runs already, which was started without; run `patchbay"
                            + " daemon stop` and this again, put the file into "
                            + Installation.home(invocation).resolve("providers") + ", or leave out " + option,
                    null);
        }
    }

    /** Their names. */
    static List<String> of(Invocation invocation, RunningDaemon daemon) {
        List<String> names = new ArrayList<>(otherFiles(invocation, daemon));
        if (namesOtherStore(invocation, daemon)) {
            names.add(StoreLocation.STORE);
        }
        return names;
    }

    private static List<String> otherFiles(Invocation invocation, RunningDaemon daemon) {
        List<Path> named = Installation.namedFiles(invocation);
        List<String> names = new ArrayList<>();
        if (named.equals(daemon.content().config())) {
            return names;
        }
        if (!invocation.globals().config().isEmpty()) {
            names.add(CONFIG);
        }
        if (!PatchbayHome.configuration(invocation.environment()).isEmpty()) {
            names.add(CONFIG_VARIABLE);
        }
        return names;
    }

    private static boolean namesOtherStore(Invocation invocation, RunningDaemon daemon) {
        return invocation.environment().get(StoreLocation.STORE).isPresent()
                && daemon.content().store().isPresent()
                && !SessionFile.locate(invocation)
                        .map(Path::normalize)
                        .equals(daemon.content().store());
    }
}
