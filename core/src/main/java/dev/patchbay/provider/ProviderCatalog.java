package dev.patchbay.provider;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of providers and their models where neither a file nor the provider says it (docs/design/provider-files.md, sections 1 and
 * 2.1). Safe for use by several threads; must not wait for anybody, and should read no more than it is asked for.
 */
public interface ProviderCatalog {

    /** Knows nothing. */
    ProviderCatalog NONE = new ProviderCatalog() {
        @Override
        public String source() {
            return "no catalogue";
        }

        @Override
        public Optional<String> entry(Definition provider) {
            return Optional.empty();
        }

        @Override
        public List<Model> models(Definition provider) {
            return List.of();
        }

        @Override
        public Set<String> presets() {
            return Set.of();
        }

        @Override
        public Optional<String> preset(String id) {
            return Optional.empty();
        }

        @Override
        public Set<String> keyVariables() {
            return Set.of();
        }
    };

    /** Where this comes from, and of which day it is: for people. */
    String source();

    /**
     * The entry that is about a provider, by its id here: the one that the definition names with {@code catalog}, else the one at
     * the same origin and path, else the one of the same id.
     */
    Optional<String> entry(Definition provider);

    /** The models of that entry, by their names on the wire; empty if there is none. */
    List<Model> models(Definition provider);

    /** One of them. */
    default Optional<Model> model(Definition provider, String wireName) {
        return models(provider).stream()
                .filter(model -> model.upstreamId().equals(wireName))
                .findFirst();
    }

    /** The ids of providers of which enough is known for a definition; nobody has tested them. */
    Set<String> presets();

    /** A provider file that defines one of them. */
    Optional<String> preset(String id);

    /** Every environment variable in which users keep credentials of some provider. */
    Set<String> keyVariables();
}
