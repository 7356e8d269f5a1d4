package dev.patchbay.internal.plugin;

import dev.patchbay.spi.ProviderPlugin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Finds the plugins that service files name. This is the only place that uses {@link ServiceLoader}. */
final class ServiceFileDiscovery {

    /** No loader has as many broken service entries; more means that the loader itself is broken. */
    private static final int MOST_FAILURES = 100;

    private static final int MOST_PLUGINS = 1_000;

    private static final Pattern SERVICE_FILE_LINE = Pattern.compile("\\S+/(META-INF/services/\\S+?):(\\d+): ");

    /**
     * What a loader's service files name.
     *
     * @param plugins those whose class is there; none is made yet
     * @param failures one for each that is not
     */
    record Found(List<ServiceLoader.Provider<ProviderPlugin>> plugins, List<Rejection> failures) {}

    private ServiceFileDiscovery() {}

    /** Finds every plugin class that the loader's service files name, each apart from the others. */
    static Found find(ClassLoader loader, PluginGuard guard) {
        List<ServiceLoader.Provider<ProviderPlugin>> plugins = new ArrayList<>();
        List<Rejection> failures = new ArrayList<>();
        Iterator<ServiceLoader.Provider<ProviderPlugin>> iterator =
                ServiceLoader.load(ProviderPlugin.class, loader).stream().iterator();
        boolean more = true;
        while (more && failures.size() < MOST_FAILURES && plugins.size() < MOST_PLUGINS) {
            try {
                more = guard.load("looking for plugins", iterator::hasNext);
                if (more) {
                    plugins.add(guard.load("looking for plugins", iterator::next));
                }
            } catch (Rejection e) {
                failures.add(explained(e));
            }
        }
        return new Found(plugins, failures);
    }

    /** Makes a plugin that was found. */
    static ProviderPlugin make(ServiceLoader.Provider<ProviderPlugin> found, PluginGuard guard) throws Rejection {
        try {
            return guard.load("the constructor of " + found.type().getName(), found::get);
        } catch (Rejection e) {
            throw explained(e);
        }
    }

    /** Says in words for users what the loader says in words for programmers. */
    private static Rejection explained(Rejection rejection) {
        Throwable thrown = rejection.cause().orElse(rejection);
        if (thrown instanceof ServiceConfigurationError) {
            return Rejection.because(PluginFault.oneLine(serviceFault(thrown)), thrown);
        }
        if (thrown instanceof UnsupportedClassVersionError) {
            return Rejection.because("it needs a newer Java: " + PluginFault.describe(thrown), thrown);
        }
        if (thrown instanceof NoClassDefFoundError) {
            String missing =
                    PluginFault.oneLine(String.valueOf(thrown.getMessage()).replace('/', '.'));
            return Rejection.because("class " + missing + ", which it needs, is not there", thrown)
                    .withHelp("a plugin sees the JDK, dev.patchbay.spi, org.slf4j and what is in its own jars; the"
                            + " Class-Path of a manifest is not followed");
        }
        return thrown instanceof LinkageError ? Rejection.because(PluginFault.describe(thrown), thrown) : rejection;
    }

    private static String serviceFault(Throwable thrown) {
        String said = String.valueOf(thrown.getMessage()).replace(ProviderPlugin.class.getName() + ": ", "");
        String brief = SERVICE_FILE_LINE.matcher(said).replaceFirst("$1, line $2: ");
        Throwable cause = thrown.getCause();
        return cause == null ? brief : brief + ": " + PluginFault.describeRoot(cause);
    }
}
