package dev.patchbay.cli.command;

import dev.patchbay.Patchbay;
import dev.patchbay.PatchbayBuilder;
import dev.patchbay.config.PatchbayHome;
import dev.patchbay.registry.Reload;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Patchbay as this command line sees it: every layer of files, in the user's folder or the one that was named. */
public final class Installation {

    private Installation() {}

    /** The user's folder. */
    public static Path home(Invocation invocation) {
        return invocation.globals().home().orElseGet(() -> PatchbayHome.locate(invocation.environment()));
    }

    /** Reads everything; close it. Problems of content are in its registry. */
    public static Patchbay open(Invocation invocation) {
        return builder(invocation).build();
    }

    /** Reads everything, and the files again when they change; close it. */
    public static Patchbay watched(Invocation invocation, Consumer<Reload> listener) {
        return builder(invocation).watch(listener).build();
    }

    private static PatchbayBuilder builder(Invocation invocation) {
        GlobalOptions globals = invocation.globals();
        Path home = home(invocation);
        PatchbayBuilder builder = Patchbay.builder()
                .environment(invocation.environment())
                .home(home)
                .userLayer()
                .pluginDirectory(home.resolve("plugins"))
                .environmentLayer();
        globals.config().forEach(builder::config);
        return builder;
    }

    /** Only these files and folders, with the plugins that there are. */
    public static Patchbay of(Invocation invocation, List<Path> files) {
        PatchbayBuilder builder = Patchbay.builder()
                .environment(invocation.environment())
                .pluginDirectory(home(invocation).resolve("plugins"));
        files.forEach(builder::config);
        return builder.build();
    }
}
