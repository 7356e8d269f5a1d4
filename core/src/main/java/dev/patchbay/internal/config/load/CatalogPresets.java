package dev.patchbay.internal.config.load;

import static java.util.Objects.requireNonNull;

import dev.patchbay.provider.Layer;
import dev.patchbay.provider.ProviderCatalog;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Presets that were tested, and those of a catalogue behind them. */
public final class CatalogPresets implements Presets {

    private final Presets tested;
    private final ProviderCatalog catalog;

    public CatalogPresets(Presets tested, ProviderCatalog catalog) {
        this.tested = requireNonNull(tested, "tested is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    @Override
    public Set<String> ids() {
        Set<String> ids = new TreeSet<>(tested.ids());
        ids.addAll(catalog.presets());
        return Collections.unmodifiableSet(ids);
    }

    @Override
    public Optional<ConfigInput.InMemory> file(String id) {
        return tested.file(id)
                .or(() -> catalog.preset(id)
                        .map(yaml -> new ConfigInput.InMemory(
                                Layer.PRESET, "catalog:" + id + " (untested)", yaml.getBytes(StandardCharsets.UTF_8))));
    }
}
