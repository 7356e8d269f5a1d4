package dev.patchbay.daemon.web.view;

import java.util.List;

/**
 * Every provider.
 *
 * @param diagnostics of all files, as {@code patchbay providers validate} prints them
 * @param presets that need nothing but a variable
 */
public record ProviderList(List<ProviderLine> providers, List<String> diagnostics, List<Preset> presets) {

    /** A provider that needs no file. */
    public record Preset(String id, String name, String reason) {}
}
