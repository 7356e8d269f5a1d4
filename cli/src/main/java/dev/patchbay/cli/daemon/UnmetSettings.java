package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.daemon.DaemonException;
import dev.patchbay.internal.config.PatchbayHome;
import dev.patchbay.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
     * @throws UsageException if sessions are kept elsewhere here
     */
    public static void refuse(Invocation invocation, RunningDaemon daemon, String option) {
        if (hasOtherStore(invocation, daemon)) {
            String theirs = daemon.content().store().orElseThrow().toString();
            String here = SessionFile.locate(invocation).map(Path::toString).orElse("no file");
            throw new UsageException(option + " leaves the session in the daemon's store, " + theirs
                    + ", and here sessions are kept in " + here + "; run `patchbay daemon stop` and this again, or set "
                    + StoreLocation.STORE + " to the daemon's");
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
        if (hasOtherStore(invocation, daemon)) {
            Optional<String> variable = Stream.of(StoreLocation.STORE, StoreLocation.STATE_HOME)
                    .filter(name -> invocation.environment().get(name).isPresent())
                    .findFirst();
            names.add(variable.orElse(
                    "the store " + SessionFile.locate(invocation).orElseThrow()));
        }
        return names;
    }

    /** The daemon that runs the sessions of the store that is used here; empty if there is none, or it has another store. */
    public static Optional<RunningDaemon> daemonOfStore(Invocation invocation) {
        return RunningDaemon.find(Installation.home(invocation)).filter(daemon -> !hasOtherStore(invocation, daemon));
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

    /** Whatever says so: {@code PATCHBAY_STORE}, {@code XDG_STATE_HOME}, a home that is named here and was not there, or the reverse. */
    private static boolean hasOtherStore(Invocation invocation, RunningDaemon daemon) {
        Optional<Path> theirs = daemon.content().store();
        Optional<Path> here = SessionFile.locate(invocation).map(Path::normalize);
        return theirs.isPresent() && (here.isEmpty() || !isSame(here.get(), theirs.get()));
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return one.equals(other) || Files.isSameFile(one, other);
        } catch (IOException notThere) {
            return false;
        }
    }
}
