package dev.patchbay.plugin;

import dev.patchbay.spi.ProviderPlugin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the plugins that service files name. This is the only place that uses {@link ServiceLoader}. */
final class Discovery {

    /** No loader has as many broken service entries; more means that the loader itself is broken. */
    private static final int MOST_FAILURES = 100;

    /**
     * What a loader's service files name.
     *
     * @param plugins those that could be made
     * @param failures one for each that could not
     */
    record Found(List<ProviderPlugin> plugins, List<Rejection> failures) {}

    private Discovery() {}

    /** Makes every plugin that the loader's service files name, each apart from the others. */
    static Found find(ClassLoader loader) {
        Guard guard = new Guard("service file", loader);
        List<ProviderPlugin> plugins = new ArrayList<>();
        List<Rejection> failures = new ArrayList<>();
        Iterator<ProviderPlugin> iterator =
                ServiceLoader.load(ProviderPlugin.class, loader).iterator();
        boolean more = true;
        while (more && failures.size() < MOST_FAILURES) {
            try {
                more = guard.load("looking for plugins", iterator::hasNext);
                if (more) {
                    plugins.add(guard.load("making a plugin", iterator::next));
                }
            } catch (Rejection e) {
                failures.add(explained(e));
            }
        }
        return new Found(plugins, failures);
    }

    /** The loader's own words ("Provider x not found") where it has some, else those of what the plugin threw. */
    private static Rejection explained(Rejection rejection) {
        Throwable thrown = rejection.cause().orElse(rejection);
        if (!(thrown instanceof ServiceConfigurationError)) {
            return rejection;
        }
        String said = String.valueOf(thrown.getMessage()).replace(ProviderPlugin.class.getName() + ": ", "");
        Throwable cause = thrown.getCause();
        String why = cause == null ? "" : ": " + Fault.describeRoot(cause);
        return Rejection.because(Fault.oneLine(said + why), thrown);
    }
}
