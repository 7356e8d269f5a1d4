package dev.patchbay.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Presets as providers, each made when somebody names it first. Safe for use by several threads. */
final class NamedPresets {

    private final Function<String, Optional<Provider>> maker;
    private final Map<String, Optional<Provider>> made = new ConcurrentHashMap<>();

    NamedPresets(Function<String, Optional<Provider>> maker) {
        this.maker = maker;
    }

    /** Empty if there is no preset of that id; what is named is kept only where there is one. */
    Optional<Provider> find(String id) {
        Optional<Provider> known = made.get(id);
        if (known == null) {
            known = maker.apply(id);
            if (known.isPresent()) {
                made.putIfAbsent(id, known);
            }
        }
        return known;
    }
}
