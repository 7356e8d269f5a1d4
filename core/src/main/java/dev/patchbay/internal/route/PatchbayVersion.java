package dev.patchbay.internal.route;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** Which Patchbay this is. */
final class PatchbayVersion {

    private static final String CURRENT = Optional.ofNullable(
                    PatchbayVersion.class.getPackage().getImplementationVersion())
            .or(PatchbayVersion::ofModule)
            .orElse("dev");

    private PatchbayVersion() {}

    /** On the module path, where manifests are not read. */
    private static Optional<String> ofModule() {
        return Optional.ofNullable(PatchbayVersion.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion);
    }

    /** As the jar's manifest says; {@code dev} where the classes are not in a jar. */
    static String current() {
        return CURRENT;
    }
}
