package dev.patchbay.store;

import dev.patchbay.internal.config.PatchbayHome;
import dev.patchbay.internal.config.template.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where sessions are kept, as variables of the environment say (sessions.md, section 2). */
public final class StoreLocation {

    /** Names a file, or is {@code off}. */
    public static final String STORE = "PATCHBAY_STORE";

    /** Names the folder in which there is one for Patchbay, where nothing else says where sessions are kept. */
    public static final String STATE_HOME = "XDG_STATE_HOME";

    /** For how long sessions are kept, as {@link Retention#parse} reads it. */
    public static final String RETENTION = "PATCHBAY_RETENTION";

    private static final String OFF = "off";
    private static final String FILE = "patchbay.db";

    private StoreLocation() {}

    /**
     * The file: {@code PATCHBAY_STORE}, {@code patchbay.db} in Patchbay's own folder where one was named, else in {@code
     * patchbay} in the XDG state folder, {@code ~/.local/state}: not in the folder of the configuration, which people keep
     * in version control.
     *
     * @param home the folder that the command line names; empty: {@code PATCHBAY_HOME}, if it is set
     * @return empty if sessions are not to be kept
     */
    public static Optional<Path> file(Environment environment, Optional<Path> home) {
        Optional<String> file = variable(environment, STORE);
        if (file.isPresent()) {
            return file.filter(value -> !value.strip().equalsIgnoreCase(OFF))
                    .map(value -> PatchbayHome.path(value, environment).toAbsolutePath());
        }
        return Optional.of(named(environment, home)
                .orElseGet(() -> xdg(environment, STATE_HOME, ".local/state"))
                .resolve(FILE));
    }

    /**
     * Folders for SQLite's library, the first one first: {@code native} in Patchbay's own folder, where one was named, and in
     * the XDG cache folder, {@code ~/.cache}, for an own folder that cannot be written.
     */
    public static List<Path> libraryFolders(Environment environment, Optional<Path> home) {
        return Stream.concat(named(environment, home).stream(), Stream.of(xdg(environment, "XDG_CACHE_HOME", ".cache")))
                .map(folder -> folder.resolve("native"))
                .toList();
    }

    /**
     * For how long sessions are kept.
     *
     * @throws IllegalArgumentException if the variable says nothing that {@link Retention#parse} reads
     */
    public static Retention retention(Environment environment) {
        return variable(environment, RETENTION).map(Retention::parse).orElse(Retention.DEFAULT);
    }

    private static Optional<Path> named(Environment environment, Optional<Path> home) {
        return home.or(() -> PatchbayHome.variable(environment, "PATCHBAY_HOME"))
                .map(Path::toAbsolutePath);
    }

    private static Path xdg(Environment environment, String variable, String below) {
        return PatchbayHome.variable(environment, variable)
                .filter(Path::isAbsolute)
                .orElseGet(() -> PatchbayHome.userHome(environment).resolve(below))
                .resolve("patchbay");
    }

    private static Optional<String> variable(Environment environment, String name) {
        return environment.get(name).filter(value -> !value.isBlank());
    }
}
