package dev.patchbay.catalog;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A provider of the catalogue.
 *
 * @param id its name in the source, which may differ from ours ({@code google}, {@code moonshotai}, {@code fireworks-ai})
 * @param name for people
 * @param dialect the wire dialect it speaks, by our id; empty where the source names a client library that speaks another one
 * @param baseUrl where it is; empty where that depends on the user's account, or is not told
 * @param keyVariables the environment variables that its users keep credentials in
 * @param documentation a page about its models
 * @param models by their ids, in the order of the source
 */
public record CatalogProvider(
        String id,
        String name,
        Optional<String> dialect,
        Optional<URI> baseUrl,
        List<String> keyVariables,
        String documentation,
        Map<String, CatalogModel> models) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Copies the collections. */
    public CatalogProvider {
        keyVariables = List.copyOf(keyVariables);
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }

    /** Whether its entry is all that a definition takes: a dialect of ours, one key variable, a fixed address. */
    public boolean isPreset() {
        return dialect.isPresent()
                && baseUrl.isPresent()
                && keyVariables.size() == 1
                // What begins with a digit no shell can set.
                && NAME.matcher(keyVariables.get(0)).matches();
    }
}
