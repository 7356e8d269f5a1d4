package dev.patchbay.catalog;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of providers and their models beyond provider files. Immutable.
 *
 * @param revision the commit of the source
 * @param date the day of that commit; what came later is not known here
 * @param providers by their ids in the source, in its order
 */
public record Catalog(String revision, LocalDate date, Map<String, CatalogProvider> providers) {

    static final String RESOURCE = "models.tsv";

    /** Copies the map. */
    public Catalog {
        requireNonNull(revision, "revision is null");
        requireNonNull(date, "date is null");
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    }

    /** The catalogue in this jar: read at the first call, kept from then on. */
    public static Catalog bundled() {
        return Bundled.CATALOG;
    }

    /** A provider by its id in the source. */
    public Optional<CatalogProvider> provider(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /**
     * This catalogue with the names, limits, prices and abilities of a newer one, for the providers that this one has. Addresses, key variables
     * and dialects stay those of this one: nothing that is fetched later can lead a key to another place.
     */
    public Catalog withFactsOf(Catalog newer) {
        Map<String, CatalogProvider> merged = new LinkedHashMap<>();
        providers.forEach((id, known) -> merged.put(
                id,
                newer.provider(id)
                        .map(facts -> new CatalogProvider(
                                id,
                                known.name(),
                                known.dialect(),
                                known.baseUrl(),
                                known.keyVariables(),
                                known.documentation(),
                                facts.models()))
                        .orElse(known)));
        return new Catalog(newer.revision(), newer.date(), merged);
    }

    private static final class Bundled {

        static final Catalog CATALOG = read();

        private static Catalog read() {
            try (InputStream data = requireNonNull(Catalog.class.getResourceAsStream(RESOURCE), RESOURCE)) {
                return CatalogText.read(new String(data.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
