package dev.patchbay.cli.run;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import java.nio.file.Path;
import java.util.List;

/** A setting of an agent that would lead it elsewhere, and that nothing said on its command line outranks. */
final class SettingConflict {

    private SettingConflict() {}

    static ConfigurationException of(Path file, String entry, String agent) {
        return new ConfigurationException(List.of(Diagnostic.error(
                        Code.CONFLICT,
                        Location.of(file.toString()),
                        entry + " decides where " + agent + " goes, and nothing can outrank it from here")
                .help("remove the entry, or have whoever manages this machine remove it; nothing was started")
                .build()));
    }
}
