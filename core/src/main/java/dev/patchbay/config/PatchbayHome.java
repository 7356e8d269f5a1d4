package dev.patchbay.config;

import dev.patchbay.config.template.Environment;
import java.nio.file.Path;
import java.util.Optional;

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
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"))
                .resolve("patchbay");
    }

    private static Optional<Path> variable(Environment environment, String name) {
        return environment.get(name).filter(value -> !value.isBlank()).map(Path::of);
    }
}
