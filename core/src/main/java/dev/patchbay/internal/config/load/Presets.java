package dev.patchbay.internal.config.load;

import java.util.Optional;
import java.util.Set;

/**
 * Definitions that are there for the asking: inert until {@code extends: preset:<id>} names one (provider-files.md, section
 * 1). What is in them is read no sooner than that. Safe for use by several threads.
 */
public interface Presets {

    /** None at all. */
    Presets NONE = new Presets() {
        @Override
        public Set<String> ids() {
            return Set.of();
        }

        @Override
        public Optional<ConfigInput.InMemory> file(String id) {
            return Optional.empty();
        }
    };

    /** The id of every preset, sorted; may look for them when it is asked first. */
    Set<String> ids();

    /** The file that defines a preset, perhaps with others; of the layer of the presets. */
    Optional<ConfigInput.InMemory> file(String id);
}
