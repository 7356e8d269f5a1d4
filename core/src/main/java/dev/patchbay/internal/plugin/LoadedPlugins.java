package dev.patchbay.internal.plugin;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.SecretSource;
import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Everything that one {@link PluginLoader#load} found. Safe for use by several threads.
 *
 * <p>{@link #close} unloads the jars; a plugin from a jar must not be used afterwards.
 */
public final class LoadedPlugins implements AutoCloseable {

    private final List<PluginOutcome> outcomes;
    private final List<Closeable> open;
    private final AtomicBoolean closed = new AtomicBoolean();

    LoadedPlugins(List<PluginOutcome> outcomes, List<? extends Closeable> open) {
        this.outcomes = List.copyOf(outcomes);
        this.open = List.copyOf(open);
    }

    /** No plugin at all. */
    public static LoadedPlugins none() {
        return new LoadedPlugins(List.of(), List.of());
    }

    /** One for each plugin found, good or bad, in the order in which they were found. */
    public List<PluginOutcome> outcomes() {
        return outcomes;
    }

    /** The plugins that work. */
    public List<LoadedPlugin> plugins() {
        return outcomes.stream()
                .filter(PluginOutcome.Loaded.class::isInstance)
                .map(outcome -> ((PluginOutcome.Loaded) outcome).plugin())
                .toList();
    }

    /** The plugins that were left out. */
    public List<PluginOutcome.Rejected> rejected() {
        return outcomes.stream()
                .filter(PluginOutcome.Rejected.class::isInstance)
                .map(PluginOutcome.Rejected.class::cast)
                .toList();
    }

    /** One problem for each plugin that was left out, to be reported with those of the configuration. */
    public List<Diagnostic> diagnostics() {
        return rejected().stream()
                .map(rejected -> rejected.diagnostic(List.of()))
                .toList();
    }

    /** The rejected plugin for want of which a dialect, authenticator or secret source is not there, if there is one. */
    public Optional<PluginOutcome.Rejected> rejectedThatWouldBring(String name) {
        return rejected().stream().filter(outcome -> outcome.wouldBring(name)).findFirst();
    }

    /**
     * Lends something to the secret sources.
     *
     * @param context asked for when a source asks
     */
    public void lend(Supplier<ProviderContext> context) {
        for (LoadedPlugin plugin : plugins()) {
            for (SecretSource source : plugin.secretSources()) {
                if (source instanceof GuardedSecretSource guarded) {
                    guarded.lend(context);
                }
            }
        }
    }

    /** Closes what plugins hold, then the jars. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (LoadedPlugin plugin : plugins()) {
            plugin.authenticators().forEach(Authenticator::close);
            plugin.secretSources().forEach(SecretSource::close);
        }
        open.forEach(QuietClose::quietly);
    }
}
