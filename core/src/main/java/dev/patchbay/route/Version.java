package dev.patchbay.route;

import java.util.Optional;

/** Which Patchbay this is. */
final class Version {

    private static final String CURRENT = Optional.ofNullable(
                    Version.class.getPackage().getImplementationVersion())
            .orElse("dev");

    private Version() {}

    /** As the jar's manifest says; {@code dev} where the classes are not in a jar. */
    static String current() {
        return CURRENT;
    }
}
