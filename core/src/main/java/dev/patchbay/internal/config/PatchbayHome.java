package dev.patchbay.internal.config;

import dev.patchbay.internal.config.template.Environment;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The user's own folder: {@code $PATCHBAY_HOME}, else {@code patchbay} in the XDG configuration folder. */
public final class PatchbayHome {

    private PatchbayHome() {}

    /**
     * Where it is; it need not exist.
     *
     * <p>Order: {@code $PATCHBAY_HOME}, {@code $XDG_CONFIG_HOME/patchbay}, {@code ~/.config/patchbay} (provider-files.md,
     * section 1). A blank or relative {@code XDG_CONFIG_HOME} counts as unset, as its specification demands.
     */
    public static Path locate(Environment environment) {
        Optional<Path> named = variable(environment, "PATCHBAY_HOME");
        if (named.isPresent()) {
            return named.get();
        }
        return variable(environment, "XDG_CONFIG_HOME")
                .filter(Path::isAbsolute)
                .orElseGet(() -> userHome(environment).resolve(".config"))
                .resolve("patchbay");
    }

    /** The files and folders that {@code $PATCHBAY_CONFIG} names, in their order. */
    public static List<Path> configuration(Environment environment) {
        return environment.get("PATCHBAY_CONFIG").stream()
                .flatMap(list -> Stream.of(list.split(File.pathSeparator, -1)))
                .filter(path -> !path.isBlank())
                .map(path -> path(path, environment))
                .toList();
    }

    /**
     * {@code $HOME}, as the shell that wrote the file there has it; where it is none, since it is not set or relative, the folder that the
     * system knows of this user.
     */
    public static Path userHome(Environment environment) {
        return environment
                .get("HOME")
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(System.getProperty("user.home")));
    }

    /** The path that a variable names; empty where it is not set, or blank. */
    public static Optional<Path> variable(Environment environment, String name) {
        return environment.get(name).filter(value -> !value.isBlank()).map(value -> path(value, environment));
    }

    /**
     * The path of a name that no shell has read: {@code ~} at its beginning is {@link #userHome}, as it is in a shell. A folder
     * that really has this name is {@code ./~}.
     */
    public static Path path(String name, Environment environment) {
        return name.equals("~") || name.startsWith("~/")
                ? Path.of(userHome(environment).toString(), name.substring(1))
                : Path.of(name);
    }
}
