package dev.patchbay.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The text of a catalogue, cut at its providers: models are read for the provider that somebody asks about, since all of them would
 * cost a start more than everything else. Safe for use by several threads.
 */
final class CatalogSections {

    private final String head;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<CatalogProvider> providers;
    private final Map<String, CatalogProvider> read = new ConcurrentHashMap<>();

    private CatalogSections(String text) {
        int first = text.indexOf("\n\t");
        this.head = first < 0 ? text.strip() : text.substring(0, first);
        StringBuilder lines = new StringBuilder(head).append('\n');
        for (int start = first; start >= 0; ) {
            int next = text.indexOf("\n\t", start + 1);
            String section = text.substring(start + 1, next < 0 ? text.length() : next + 1);
            texts.put(section.substring(1, Math.max(1, section.indexOf('\t', 1))), section);
            int end = section.indexOf('\n');
            lines.append(section, 0, end < 0 ? section.length() : end).append('\n');
            start = next;
        }
        this.providers = List.copyOf(
                new ArrayList<>(CatalogText.read(lines.toString()).providers().values()));
    }

    /** @throws CatalogException if a line that is no model's is wrong */
    static CatalogSections of(String text) {
        return new CatalogSections(text);
    }

    /** The day of the source. */
    String date() {
        return head.substring(head.indexOf('\t') + 1);
    }

    /** Every provider, without its models. */
    List<CatalogProvider> providers() {
        return providers;
    }

    /**
     * The models of a provider.
     *
     * @throws CatalogException if one of their lines is wrong
     */
    Map<String, CatalogModel> models(String id) {
        return provider(id).map(CatalogProvider::models).orElse(Collections.emptyMap());
    }

    private Optional<CatalogProvider> provider(String id) {
        String section = texts.get(id);
        return section == null
                ? Optional.empty()
                : Optional.of(read.computeIfAbsent(
                        id,
                        wanted -> CatalogText.read(head + "\n" + section)
                                .providers()
                                .get(wanted)));
    }
}
