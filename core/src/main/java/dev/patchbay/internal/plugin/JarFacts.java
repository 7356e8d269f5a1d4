package dev.patchbay.internal.plugin;

import dev.patchbay.internal.plugin.LoadedPlugin.DefinitionFile;
import dev.patchbay.spi.SpiVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a jar says of itself.
 *
 * @param copy the copy of it that is loaded
 * @param hasService whether it names plugin classes
 * @param spiVersion what it states as the version of the interface that it was built for
 * @param id the plugin's id, if its manifest states one
 * @param version the plugin's version, if its manifest states one
 * @param definitions its provider files
 */
record JarFacts(
        JarCache.Copy copy,
        boolean hasService,
        Optional<String> spiVersion,
        Optional<String> id,
        Optional<String> version,
        List<DefinitionFile> definitions) {

    private static final String ID_ATTRIBUTE = "Provider-Plugin-Id";
    private static final String VERSION_ATTRIBUTE = "Implementation-Version";

    /**
     * Reads a copy.
     *
     * @param prefix goes in front of the names of its provider files
     */
    static JarFacts of(JarCache.Copy copy, String prefix) throws IOException {
        return JarContents.ask(
                copy.file(),
                contents -> new JarFacts(
                        copy,
                        contents.hasService(),
                        contents.attribute(SpiVersion.MANIFEST_ATTRIBUTE),
                        contents.attribute(ID_ATTRIBUTE),
                        contents.attribute(VERSION_ATTRIBUTE),
                        contents.definitions(prefix)));
    }

    /** Whether it is more than a library of another jar. */
    boolean bringsSomething() {
        return hasService || !definitions.isEmpty();
    }

    /** Checks that this host can run its classes, if it names any. */
    void checkVersion() throws Rejection {
        if (!hasService) {
            return;
        }
        SpiVersion ours = SpiVersion.current();
        SpiVersion theirs = statedVersion(ours);
        if (ours.accepts(theirs)) {
            return;
        }
        String help = theirs.major() < ours.major()
                ? "use a newer release of the plugin"
                : "use a newer Patchbay, or an older release of the plugin";
        throw Rejection.because(
                        "it was built for version " + theirs + " of the plugin interface; this Patchbay has " + ours)
                .withHelp(help);
    }

    private SpiVersion statedVersion(SpiVersion ours) throws Rejection {
        String attribute = SpiVersion.MANIFEST_ATTRIBUTE;
        String help = "have its build write " + attribute + ": " + ours + " into the manifest";
        String stated = spiVersion.orElseThrow(
                () -> Rejection.because("its manifest has no " + attribute).withHelp(help));
        return SpiVersion.parse(stated)
                .orElseThrow(() -> Rejection.because("its manifest says " + attribute + ": "
                                + PluginFault.oneLine(stated) + ", which is no version")
                        .withHelp(help));
    }
}
