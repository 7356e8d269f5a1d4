package dev.patchbay.cli.command;

import dev.patchbay.Patchbay;
import dev.patchbay.PatchbayBuilder;
import dev.patchbay.catalog.ModelsDevCatalog;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.PatchbayHome;
import dev.patchbay.internal.config.schema.DurationText;
import dev.patchbay.registry.Reload;
import dev.patchbay.session.SessionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Patchbay as this command line sees it: every layer of files, in the user's folder or the one that was named. */
public final class Installation {

    /** How long a plugin may take to load. */
    private static final String PLUGIN_TIMEOUT = "PATCHBAY_PLUGIN_TIMEOUT";

    private Installation() {}

    /** The user's folder. */
    public static Path home(Invocation invocation) {
        return invocation.globals().home().orElseGet(() -> PatchbayHome.locate(invocation.environment()));
    }

    /** The files and folders that are named beyond those of the user's folder, absolute, in the order in which they are read. */
    public static List<Path> namedFiles(Invocation invocation) {
        return Stream.concat(
                        PatchbayHome.configuration(invocation.environment()).stream(),
                        invocation.globals().config().stream())
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
    }

    /** Reads everything, for a command that reports every problem itself; close it. */
    public static Patchbay inspected(Invocation invocation) {
        return builder(invocation).build();
    }

    /**
     * Reads everything; close it. Problems of content are in its registry.
     *
     * @throws ConfigurationException if a file or folder that was named is not there
     */
    public static Patchbay open(Invocation invocation) {
        return requireNamed(builder(invocation).build());
    }

    /** The same with a store for what is launched, which is closed with it. */
    public static Patchbay open(Invocation invocation, SessionStore store) {
        return requireNamed(builder(invocation).store(store).build());
    }

    /** Reads everything, and the files again when they change; close it. */
    public static Patchbay watched(Invocation invocation, Consumer<Reload> listener) {
        return requireNamed(builder(invocation).watch(listener).build());
    }

    /** Who names a file wants what is in it, and not what there is without it. */
    private static Patchbay requireNamed(Patchbay patchbay) {
        List<Diagnostic> missing = patchbay.registry().diagnostics().stream()
                .filter(problem -> problem.code() == Code.UNREADABLE_FILE)
                .filter(problem -> Files.notExists(Path.of(problem.location().source())))
                .toList();
        if (missing.isEmpty()) {
            return patchbay;
        }
        patchbay.close();
        throw new ConfigurationException(missing);
    }

    /**
     * The same for whoever builds it.
     *
     * @throws ConfigurationException if a file or folder that was named is not there
     */
    public static PatchbayBuilder watched(Invocation invocation, PatchbayBuilder builder, Consumer<Reload> listener) {
        List<Diagnostic> missing = invocation.globals().config().stream()
                .filter(Files::notExists)
                .map(path -> Diagnostic.error(
                                Code.UNREADABLE_FILE, Location.of(path.toString()), "there is no such file or folder")
                        .build())
                .toList();
        if (!missing.isEmpty()) {
            throw new ConfigurationException(missing);
        }
        return layered(invocation, builder).watch(listener);
    }

    private static PatchbayBuilder builder(Invocation invocation) {
        return layered(invocation, Patchbay.builder());
    }

    private static PatchbayBuilder layered(Invocation invocation, PatchbayBuilder empty) {
        GlobalOptions globals = invocation.globals();
        Path home = home(invocation);
        PatchbayBuilder builder = plain(invocation, empty)
                .home(home)
                .userLayer()
                .pluginDirectory(home.resolve("plugins"))
                .environmentLayer();
        globals.config().forEach(builder::config);
        return builder;
    }

    private static PatchbayBuilder plain(Invocation invocation, PatchbayBuilder empty) {
        PatchbayBuilder builder = empty.environment(invocation.environment())
                .catalog(catalog(invocation))
                .whenPluginIsSlow(line -> invocation.terminal().err().println("patchbay: plugin " + line));
        invocation.environment().get(PLUGIN_TIMEOUT).ifPresent(text -> builder.pluginTimeLimit(duration(text)));
        return builder;
    }

    /** Limits, prices and presets of the jar, and those that {@code patchbay models update} took. */
    public static ModelsDevCatalog catalog(Invocation invocation) {
        return ModelsDevCatalog.withFactsOf(newerCatalog(invocation));
    }

    /** Where {@code patchbay models update} keeps a newer edition. */
    public static Path newerCatalog(Invocation invocation) {
        return home(invocation).resolve("models.tsv");
    }

    private static Duration duration(String text) {
        return DurationText.parse(text)
                .filter(duration -> !duration.isZero())
                .orElseThrow(() -> new UsageException(PLUGIN_TIMEOUT + " is not a duration such as 30s"));
    }

    /** Only these files and folders, with the plugins that there are. */
    public static Patchbay of(Invocation invocation, List<Path> files) {
        PatchbayBuilder builder = plain(invocation, Patchbay.builder())
                .pluginDirectory(home(invocation).resolve("plugins"));
        files.forEach(builder::config);
        return builder.build();
    }
}
